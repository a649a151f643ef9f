/** What the queue does for backups. */
import { KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import type { Translator } from '#platform/i18n';
import { type HandledJob, handleJob } from '#platform/jobs';
import type { Actor } from '#platform/unit-of-work';

import type { Backups } from '../backups.ts';
import { runCopyJob, sweepVerdictsJob, verifyCopyJob, watchRunsJob } from '../core/queueing/job-kinds.ts';
import type { Reason } from '../core/runs/run-record.ts';
import { checkProvidersJob, runScheduledJob, turnVerdictsJob } from '../core/schedules/schedule-job.ts';
import { judgeTargetsJob } from '../core/service-levels/service-level-events.ts';
import { documentJobHandlers } from './document-job-handlers.ts';
import { proofJobHandlers } from './proof-job-handlers.ts';
import { recoveryJobHandlers } from './recovery-job-handlers.ts';

export function backupsJobHandlers(
  backups: Backups,
  translators: Readonly<Record<Language, Translator>>,
): readonly HandledJob[] {
  return [
    ...proofJobHandlers(backups.proof),
    ...documentJobHandlers(backups.documents, translators),
    ...recoveryJobHandlers(backups.recovery),
    handleJob(runCopyJob, async ({ id, payload, signal, report }) => {
      const { runs } = await backups.run(actorOf('backups.run-copy', id), {
        ...payload,
        signal,
        onProgress: (_copy, { files, bytes, newBytes, path }) => report({ files, bytes, newBytes, path }),
      });
      for (const { result, error } of runs) if (result === 'failed') throw notDone(payload, error);
    }),
    handleJob(verifyCopyJob, async ({ id, payload, signal, report }) => {
      const { verifications } = await backups.verify(actorOf('backups.verify-copy', id), {
        ...payload,
        signal,
        onProgress: (_copy, progress) => report(progress),
      });
      // A failed verification is a result; one that could not be carried out is worth another try.
      for (const { result, error } of verifications) if (result === 'interrupted') throw notDone(payload, error);
    }),
    handleJob(runScheduledJob, async ({ id, payload, signal, report }) => {
      await backups.runScheduled(actorOf('backups.run-scheduled', id), {
        ...payload,
        signal,
        onProgress: (_copy, { files, bytes, newBytes, path }) => report({ files, bytes, newBytes, path }),
      });
    }),
    handleJob(turnVerdictsJob, async ({ id }) => {
      await backups.turnVerdicts(actorOf('backups.turn-verdicts', id));
    }),
    handleJob(checkProvidersJob, async ({ id, signal }) => {
      await backups.providers.checkAll(actorOf('backups.check-providers', id), signal);
    }),
    handleJob(judgeTargetsJob, async ({ id }) => {
      await backups.estate.judgeTargets(actorOf('backups.judge-targets', id));
    }),
    handleJob(sweepVerdictsJob, async ({ id }) => {
      await backups.sweep(actorOf('backups.sweep-verdicts', id));
    }),
    handleJob(watchRunsJob, async ({ id }) => {
      await backups.reports.watch(actorOf('backups.watch-runs', id));
    }),
  ];
}

function actorOf(name: string, id: string): Actor {
  return { kind: 'job', id, name };
}

function notDone({ job, copy }: { readonly job: string; readonly copy: string }, reason: Reason | null): KuraError {
  return new KuraError('unavailable', 'backups.copy-not-done', { params: { job, copy, reason: reason?.code } });
}
