/** One thing done to many jobs: each by itself, so that one that is refused keeps no other from it. */
import { isKuraError, KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { JobAction, ManyJobsBody } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import type { Reason } from '../runs/run-record.ts';
import { archiveJob, changeJob, requireFree, requireLive, unarchiveJob } from './change-job.ts';
import type { Job } from './protected-job.ts';

export interface ManyJobs {
  readonly applied: boolean;
  readonly rows: readonly ManyJobsRow[];
}

export interface ManyJobsRow {
  readonly key: string;
  readonly outcome: 'changed' | 'unchanged' | 'refused';
  readonly problem: Reason | null;
}

/** @param body a key named twice is dealt with once. */
export async function changeManyJobs(context: BackupsContext, actor: Actor, body: ManyJobsBody): Promise<ManyJobs> {
  const keys = [...new Set(body.keys)];
  const jobs = new Map(
    (await findJobs(context.database.tables<BackupsTables>(), keys)).map((job) => [job.key, job] as const),
  );
  const rows: ManyJobsRow[] = [];
  for (const key of keys) rows.push(await changeOne(context, actor, { key, job: jobs.get(key), body }));
  return { applied: !body.dryRun, rows };
}

interface OneOfMany {
  readonly key: string;
  readonly job: Job | undefined;
  readonly body: ManyJobsBody;
}

async function changeOne(context: BackupsContext, actor: Actor, { key, job, body }: OneOfMany): Promise<ManyJobsRow> {
  try {
    if (job === undefined) throw new KuraError('not-found', 'backups.job-not-found', { params: { job: key } });
    if (isDone(job, body.action)) return { key, outcome: 'unchanged', problem: null };
    refuse(job, body.action);
    if (!body.dryRun) await apply(context, actor, key, body);
    return { key, outcome: 'changed', problem: null };
  } catch (error) {
    if (!isKuraError(error)) throw error;
    return { key, outcome: 'refused', problem: { code: error.code, params: error.params } };
  }
}

function isDone(job: Job, action: JobAction): boolean {
  if (action === 'archive') return job.archivedAt !== null;
  if (action === 'unarchive') return job.archivedAt === null;
  if (job.archivedAt !== null) return false;
  return action === 'resume' ? job.active && job.pausedUntil === null : !job.active;
}

/** What doing it would refuse, too. */
function refuse(job: Job, action: JobAction): void {
  if (action === 'archive') requireFree(job);
  if (action === 'pause' || action === 'resume') requireLive(job);
}

async function apply(context: BackupsContext, actor: Actor, key: string, { action, reason }: ManyJobsBody) {
  if (action === 'archive') return await archiveJob(context, actor, key, reason ?? '');
  if (action === 'unarchive') return await unarchiveJob(context, actor, key);
  if (action === 'resume') return await changeJob(context, actor, key, { active: true });
  return await changeJob(context, actor, key, { active: false, pauseReason: reason ?? null });
}
