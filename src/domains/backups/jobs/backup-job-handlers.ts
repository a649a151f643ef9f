/** What the queue does for backups. */
import { KuraError } from '#kernel/errors';
import { type HandledJob, handleJob } from '#platform/jobs';
import type { Actor } from '#platform/unit-of-work';

import type { Backups } from '../backups.ts';
import { runCopyJob, sweepVerdictsJob, verifyCopyJob } from '../core/queueing/job-kinds.ts';
import type { Reason } from '../core/runs/run-record.ts';

export function backupsJobHandlers(backups: Backups): readonly HandledJob[] {
  return [
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
    handleJob(sweepVerdictsJob, async ({ id }) => {
      await backups.sweep(actorOf('backups.sweep-verdicts', id));
    }),
  ];
}

function actorOf(name: string, id: string): Actor {
  return { kind: 'job', id, name };
}

function notDone({ job, copy }: { readonly job: string; readonly copy: string }, reason: Reason | null): KuraError {
  return new KuraError('unavailable', 'backups.copy-not-done', { params: { job, copy, reason: reason?.code } });
}
