/** Claiming: due jobs go from the delivery to one worker, with a lease and a line in the run log. */
import { nowInstant } from '#kernel/clock';
import { SECOND } from '#kernel/units';
import type { Transaction } from '#platform/db';

import type { JobKind } from './job-kind.ts';
import type { ClaimedJob, ClaimRequest } from './job-queue.ts';
import { changeJob, instantIn, lockJob } from './job-records.ts';
import { type JobRow, type JobTables, parseJson } from './job-tables.ts';
import type { QueueDeps } from './queue-deps.ts';

export async function claimJobs(
  deps: QueueDeps,
  requests: readonly ClaimRequest[],
  worker: string,
): Promise<ClaimedJob[]> {
  const wanted = requests.filter(({ limit }) => limit > 0);
  if (wanted.length === 0) return [];
  // A look without the write lock first: idle workers must not disturb writers each second.
  const due = await deps.database
    .tables<JobTables>()
    .selectFrom('kura_jobs')
    .select('name')
    .distinct()
    .where('status', '=', 'queued')
    .where('run_after', '<=', nowInstant(deps.clock))
    .where(
      'name',
      'in',
      wanted.map(({ kind }) => kind.name),
    )
    .execute();
  const names = new Set(due.map(({ name }) => name));
  const claimed: ClaimedJob[] = [];
  for (const request of wanted) {
    if (names.has(request.kind.name)) claimed.push(...(await claimKind(deps, request, worker)));
  }
  return claimed;
}

async function claimKind(deps: QueueDeps, { kind, limit }: ClaimRequest, worker: string): Promise<ClaimedJob[]> {
  return deps.database.transaction(
    async (tx) => {
      const claimed: ClaimedJob[] = [];
      for (const id of await deps.delivery.take(tx, kind.name, limit)) {
        const row = await lockJob(tx, id);
        if (row?.status === 'queued') claimed.push(await startRun(deps, tx, { row, kind, worker }));
        else await deps.delivery.withdraw(tx, { id, name: kind.name });
      }
      return claimed;
    },
    { isolation: 'read-committed' },
  );
}

interface StartRun {
  readonly row: JobRow;
  readonly kind: JobKind;
  readonly worker: string;
}

async function startRun(deps: QueueDeps, tx: Transaction, { row, kind, worker }: StartRun): Promise<ClaimedJob> {
  const now = nowInstant(deps.clock);
  const run = row.run + 1;
  const attempt = row.attempts + 1;
  await changeJob(tx, row.id, {
    status: 'running',
    run,
    attempts: attempt,
    lease_until: instantIn(deps.clock, kind.leaseSeconds * SECOND),
    started_at: now,
    error: null,
  });
  await tx
    .tables<JobTables>()
    .insertInto('kura_job_runs')
    .values({ job_id: row.id, run, attempt, worker, started_at: now, ended_at: null, outcome: null, error: null })
    .execute();
  return { id: row.id, run, kind, attempt, payload: parseJson(row.payload), progress: parseJson(row.progress) };
}
