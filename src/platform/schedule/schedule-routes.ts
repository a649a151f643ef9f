/** Schedules over HTTP. */
import { KuraError } from '#kernel/errors';
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import type { JobQueue } from '#platform/jobs';
import { type Actor, actorOfCaller, type UnitOfWork } from '#platform/unit-of-work';

import * as contract from './contract/index.ts';
import type { ScheduleView } from './schedule-definition.ts';
import type { Scheduler } from './scheduler.ts';

export interface ScheduleRoutesDeps {
  readonly scheduler: Scheduler;
  readonly jobs: Pick<JobQueue, 'get'>;
  readonly unitOfWork: UnitOfWork;
}

export function scheduleRoutes({ scheduler, jobs, unitOfWork }: ScheduleRoutesDeps): readonly RouteHandler[] {
  async function requireSchedule(id: string): Promise<ScheduleView> {
    const schedule = await scheduler.find(id);
    if (schedule === undefined) throw new KuraError('not-found', 'schedule.not-found', { params: { id } });
    return schedule;
  }
  return [
    implement(contract.listSchedules, async () => ({ items: await scheduler.list() })),
    implement(contract.listScheduleRuns, async ({ params, query }) => {
      await requireSchedule(params.id);
      const runs = await scheduler.runs(params.id, query.limit);
      const statuses = await Promise.all(runs.map(async ({ jobId }) => (await jobs.get(jobId))?.status ?? null));
      return { items: runs.map((run, index) => ({ ...run, status: statuses[index] ?? null })) };
    }),
    implement(contract.runSchedule, async ({ params: { id } }, context) => ({
      jobId: await unitOfWork.write(keeper(context), async (tx) => {
        const jobId = await scheduler.trigger(tx, id);
        await tx.audit({ action: 'schedule.run', subject: { kind: 'schedule', id }, result: 'done', after: { jobId } });
        return jobId;
      }),
    })),
    implement(contract.changeSchedule, async ({ params: { id }, body: { enabled } }, context) => {
      await unitOfWork.write(keeper(context), async (tx) => {
        await scheduler.setEnabled(tx, id, enabled);
        const subject = { kind: 'schedule', id };
        await tx.audit({
          action: 'schedule.change',
          category: 'configuration',
          subject,
          result: 'done',
          after: { enabled },
        });
      });
      return requireSchedule(id);
    }),
  ];
}

function keeper(context: RequestContext): Actor {
  return actorOfCaller(requirePermission('system:operate', context.caller), context.requestId);
}
