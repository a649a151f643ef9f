/** What the queue does for Kura's own backup. */
import { KuraError } from '#kernel/errors';
import { type HandledJob, handleJob } from '#platform/jobs';
import type { RecoveryDesk } from '../core/recovery/recovery-desk.ts';
import { backUpKuraJob, tendOwnBackupsJob } from '../core/recovery/recovery-jobs.ts';
import { kuraJob } from '../core/recovery/recovery-rules.ts';

export function recoveryJobHandlers(recovery: RecoveryDesk): readonly HandledJob[] {
  return [
    handleJob(backUpKuraJob, async ({ id, signal, report }) => {
      const done = await recovery.backUp(
        { kind: 'job', id, name: 'backups.back-up-kura' },
        { signal, onProgress: (_copy, { files, bytes, newBytes, path }) => report({ files, bytes, newBytes, path }) },
      );
      const failed = done?.runs.find(({ result }) => result === 'failed');
      if (failed === undefined) return;
      const params = { job: kuraJob, copy: failed.copy, reason: failed.error?.code };
      throw new KuraError('unavailable', 'backups.copy-not-done', { params });
    }),
    handleJob(tendOwnBackupsJob, async ({ id, signal }) => {
      await recovery.prune({ kind: 'job', id, name: 'backups.tend-own-backups' }, signal);
    }),
  ];
}
