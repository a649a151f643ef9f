/** The contracts of schedules and calendars, bound to their use cases. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';

export function scheduleRoutes({ backups: { schedules } }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listBackupSchedules, async () => ({ items: [...(await schedules.list())] })),
    implement(contract.readBackupSchedule, async ({ params }) => ({ schedule: await schedules.read(params.key) })),
    implement(contract.putBackupSchedule, ({ params, body }, context) =>
      schedules.put(actorOf(context, 'backups:run'), params.key, body),
    ),
    implement(contract.removeBackupSchedule, async ({ params: { key: job } }, context) => {
      await schedules.remove(actorOf(context, 'backups:run'), job);
      return { job };
    }),
    implement(contract.putBackupHooks, ({ params, body }, context) =>
      schedules.putHooks(actorOf(context, 'system:configure'), params.key, body),
    ),
    implement(contract.previewBackupSchedule, async ({ body }) => {
      const { zone, nextRuns } = await schedules.preview(body);
      return { zone, nextRuns: [...nextRuns] };
    }),
    implement(contract.listBackupCalendars, async () => ({ items: [...(await schedules.calendars())] })),
    implement(contract.putBackupCalendar, ({ params, body }, context) =>
      schedules.putCalendar(actorOf(context, 'backups:run'), params.calendar, body),
    ),
  ];
}
