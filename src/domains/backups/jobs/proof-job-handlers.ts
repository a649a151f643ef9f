/** What the queue does for drills and plans. */
import { type HandledJob, handleJob } from '#platform/jobs';

import { runDrillJob, watchTestsJob } from '../core/drills/drill-job.ts';
import type { ProofDesk } from '../proof-desk.ts';

export function proofJobHandlers(proof: ProofDesk): readonly HandledJob[] {
  return [
    handleJob(runDrillJob, async ({ id, payload: { drill, ...options }, signal }) => {
      await proof.drills.perform({ kind: 'job', id, name: 'backups.run-drill' }, drill, { ...options, signal });
    }),
    handleJob(watchTestsJob, async ({ id, signal }) => {
      await proof.watch({ kind: 'job', id, name: 'backups.watch-tests' }, signal);
    }),
  ];
}
