/** Everything recorded that a verdict depends on. */
import type { ReadTables } from '#platform/db';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs } from '../../store/register-store.ts';
import { newestRuns } from '../../store/run-store.ts';
import { newestVerifications } from '../../store/verification-store.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import type { Run } from '../runs/run-record.ts';
import { type Proof, proofOf } from '../verification/proof-of.ts';
import type { Verification } from '../verification/verification-record.ts';

export interface CopyFacts {
  readonly copy: Copy;
  /** The newest run that came to a result; an interrupted one has none. */
  readonly lastRun: Run | null;
  /** Success or partial. */
  readonly lastGoodRun: Run | null;
  readonly lastVerification: Verification | null;
  readonly proof: Proof | null;
  /** When the medium was last in use; null before the first time. */
  readonly lastContact: string | null;
}

export interface JobFacts {
  readonly job: Job;
  readonly copies: readonly CopyFacts[];
}

export async function loadFacts(
  reads: ReadTables<BackupsTables>,
  keys?: readonly string[],
): Promise<readonly JobFacts[]> {
  const jobs = await findJobs(reads, keys);
  const copyIds = jobs.flatMap(({ copies }) => copies.map(({ id }) => id));
  const runs = Map.groupBy(await newestRuns(reads, copyIds), ({ copyId }) => copyId);
  const verifications = Map.groupBy(await newestVerifications(reads, copyIds), ({ copyId }) => copyId);
  return jobs.map((job) => ({
    job,
    copies: job.copies.map((copy) => copyFacts(copy, runs.get(copy.id) ?? [], verifications.get(copy.id) ?? [])),
  }));
}

function copyFacts(copy: Copy, runs: readonly Run[], verifications: readonly Verification[]): CopyFacts {
  const lastGoodRun = newest(runs.filter(({ result }) => result === 'success' || result === 'partial'));
  const carriedOut = verifications.filter(({ result }) => result === 'passed' || result === 'failed');
  const contacts = [lastGoodRun, ...carriedOut].flatMap((one) => one?.endedAt ?? []);
  return {
    copy,
    lastRun: newest(runs.filter(({ result }) => result !== 'running' && result !== 'interrupted')),
    lastGoodRun,
    lastVerification: newest(carriedOut),
    proof: proofOf(verifications),
    lastContact: contacts.toSorted().at(-1) ?? null,
  };
}

function newest<Recorded extends { readonly position: number }>(recorded: readonly Recorded[]): Recorded | null {
  return recorded.toSorted((a, b) => b.position - a.position)[0] ?? null;
}
