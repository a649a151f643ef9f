/** Which copy a report speaks of: by a name that somebody assigned, else by key of the job and name of the copy. */
import type { ReadTables } from '#platform/db';

import { jobKeySchema } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs } from '../../store/register-store.ts';
import { findNames, type Meant } from '../../store/report-name-store.ts';
import type { ReportsTables } from '../../store/reports-tables.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import type { ReportedPart } from './report-part.ts';

export type Meaning =
  | { readonly kind: 'copy'; readonly job: Job; readonly copy: Copy }
  | { readonly kind: 'ignored' }
  /** Message code: why nobody knows. */
  | { readonly kind: 'unknown'; readonly reason: string };

type Reads = ReadTables<BackupsTables> & ReadTables<ReportsTables>;

/** Asks the database once for all of them. */
export async function findMeanings(
  reads: Reads,
  parts: readonly ReportedPart[],
): Promise<(part: ReportedPart) => Meaning> {
  const jobNames = [...new Set(parts.map(({ job }) => job))];
  const names = await findNames(reads, jobNames);
  const keys = jobNames.filter((name) => jobKeySchema.safeParse(name).success);
  const jobs = await findJobs(reads, [...new Set([...keys, ...names.flatMap(({ jobKey }) => jobKey ?? [])])]);
  return (part) => meaningOf(part, names, jobs);
}

function meaningOf(part: ReportedPart, names: readonly Meant[], jobs: readonly Job[]): Meaning {
  const named = names.find(({ tool, job, copy }) => tool === part.tool && job === part.job && copy === part.copy);
  if (named !== undefined) return named.copyId === null ? { kind: 'ignored' } : ofCopy(named.copyId, jobs);
  const job = jobs.find(({ key }) => key === part.job);
  if (job === undefined) return { kind: 'unknown', reason: 'backups.report-job-unknown' };
  return part.copy === '' ? onlyCopy(job, part) : namedCopy(job, part);
}

function ofCopy(copyId: string, jobs: readonly Job[]): Meaning {
  for (const job of jobs) {
    const copy = job.copies.find(({ id }) => id === copyId);
    if (copy !== undefined) return { kind: 'copy', job, copy };
  }
  return { kind: 'unknown', reason: 'backups.report-copy-unknown' };
}

function namedCopy(job: Job, part: ReportedPart): Meaning {
  const copy = job.copies.find(({ name }) => name === part.copy);
  if (copy === undefined) return { kind: 'unknown', reason: 'backups.report-copy-unknown' };
  return copy.engine === 'reported'
    ? { kind: 'copy', job, copy }
    : { kind: 'unknown', reason: 'backups.report-copy-ours' };
}

/** Without a name the tool decides, as long as it makes one copy of the job. */
function onlyCopy(job: Job, { tool }: ReportedPart): Meaning {
  const reported = job.copies.filter(({ engine }) => engine === 'reported');
  const ofTool = reported.filter((copy) => copy.tool === tool);
  const candidates = ofTool.length > 0 ? ofTool : reported;
  const [copy] = candidates;
  if (copy === undefined) return { kind: 'unknown', reason: 'backups.report-no-copy' };
  return candidates.length === 1
    ? { kind: 'copy', job, copy }
    : { kind: 'unknown', reason: 'backups.report-copy-unclear' };
}
