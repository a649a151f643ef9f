/** The contracts of backups, bound to their use cases. */

import type { Clock } from '#kernel/clock';
import { nowInstant } from '#kernel/clock';
import type { Language } from '#kernel/messages';
import { requirePermission } from '#platform/access';
import type { Permission } from '#platform/contract';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';
import { type Actor, actorOfCaller } from '#platform/unit-of-work';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';
import { presentRun, presentVerification } from '../core/runs/present-record.ts';
import { presentJobStatus, presentStatus } from '../core/verdict/present-status.ts';

export interface BackupsRoutesDeps {
  readonly backups: Backups;
  readonly clock: Clock;
  /** Of all catalogues: what went wrong may have happened in any part. */
  readonly translators: Readonly<Record<Language, Translator>>;
}

export function backupsRoutes(deps: BackupsRoutesDeps): readonly RouteHandler[] {
  return [...statusRoutes(deps), ...registerRoutes(deps), ...historyRoutes(deps), ...workRoutes(deps)];
}

function statusRoutes({ backups, clock, translators }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.readBackupStatus, async (_input, { language }) =>
      presentStatus(await backups.status(), nowInstant(clock), translators[language]),
    ),
    implement(contract.readJobStatus, async ({ params }, { language }) =>
      presentJobStatus(await backups.jobStatus(params.key), translators[language]),
    ),
  ];
}

function registerRoutes({ backups }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listBackupJobs, async () => ({ items: [...(await backups.jobs())] })),
    implement(contract.protectFolder, ({ body }, context) =>
      backups.protect(actorOf(context, 'system:configure'), body),
    ),
    implement(contract.changeBackupJob, ({ params, body }, context) =>
      backups.changeJob(actorOf(context, 'backups:run'), params.key, body),
    ),
    implement(contract.addBackupCopy, ({ params, body }, context) =>
      backups.addCopy(actorOf(context, 'system:configure'), params.key, body),
    ),
    implement(contract.recordMedium, ({ params, body }, context) =>
      backups.recordMedium(actorOf(context, 'backups:run'), { job: params.key, copy: params.copy }, body.state),
    ),
  ];
}

function historyRoutes({ backups, translators }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listBackupRuns, async ({ query: { job, limit, cursor } }, { language }) => {
      const runs = await backups.runs({ job, limit, before: cursor });
      return page(runs, limit, (run) => presentRun(run, translators[language]));
    }),
    implement(contract.listVerifications, async ({ query: { job, limit, cursor } }, { language }) => {
      const verifications = await backups.verifications({ job, limit, before: cursor });
      return page(verifications, limit, (one) => presentVerification(one, translators[language]));
    }),
  ];
}

function workRoutes({ backups }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.startBackupRun, async ({ params }, context) => {
      const { job, queued } = await backups.queueRun(actorOf(context, 'backups:run'), params.key);
      return { job, queued: [...queued] };
    }),
    implement(contract.startVerification, async ({ params, body }, context) => {
      const actor = actorOf(context, 'backups:run');
      const { job, queued } = await backups.queueVerification(actor, params.key, body.kind);
      return { job, queued: [...queued] };
    }),
  ];
}

function page<Recorded extends { readonly position: number }, View>(
  recorded: readonly Recorded[],
  limit: number,
  present: (one: Recorded) => View,
): { items: View[]; nextCursor?: number } {
  const last = recorded.at(-1);
  const more = last !== undefined && recorded.length === limit;
  return { items: recorded.map(present), ...(more ? { nextCursor: last.position } : {}) };
}

function actorOf({ caller, requestId }: RequestContext, permission: Permission): Actor {
  return actorOfCaller(requirePermission(permission, caller), requestId);
}
