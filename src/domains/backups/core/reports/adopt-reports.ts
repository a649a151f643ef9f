/** What other programs report of jobs nobody registered becomes a registered job, its copy and its runs at once (B-113). */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import {
  type Adoption,
  type Claim,
  copyNameSchema,
  type NewCopy,
  newCopySchema,
  newJobSchema,
  type ProtectedKind,
  type ReportedTool,
} from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs, insertCopy, insertJob, isTaken } from '../../store/register-store.ts';
import { findUnclaimed, type KeptReport } from '../../store/report-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { describeCopy } from '../register/describe-copy.ts';
import { observeCopies } from '../register/observe-copies.ts';
import type { Job } from '../register/protected-job.ts';
import { auditNewCopy, auditNewJob, newJob } from '../register/register.ts';
import { type Assignment, claimReports, nothingUnclaimed } from './inbox.ts';
import { jobKeyOf } from './job-key-of.ts';

export interface Adopted extends Assignment {
  readonly job: string;
  readonly copy: string;
}

/**
 * A job that was adopted from the same name before gets another copy; else one is registered. What the reports do not say
 * is taken so that no digit passes by it: the copy lies on a disk at the original's site.
 * @throws KuraError `backups.nothing-unclaimed`, `backups.job-exists`.
 */
export async function adoptReports(context: BackupsContext, actor: Actor, adoption: Adoption): Promise<Adopted> {
  const { tool, name, copy: copyName, ...wanted } = adoption;
  const claim: Claim = { tool, name, copy: copyName };
  const newest = (await findUnclaimed(context.database.tables<BackupsTables>(), claim)).at(-1);
  if (newest === undefined) throw nothingUnclaimed(claim);
  const { job, isNew } = await jobFor(context, actor, { claim, wanted, newest });
  const copy = await describeCopy(context, job, copyFor(claim, wanted, newest));
  const observations = await observeCopies([...job.copies, copy], context.storages);
  try {
    const assignment = await context.unitOfWork.write(actor, async (tx) => {
      const tables = tx.tables<BackupsTables>();
      if (isNew) {
        await insertJob(tables, job);
        await auditNewJob(tx, job);
      }
      await insertCopy(tables, copy);
      await auditNewCopy(tx, copy);
      return await claimReports(context, tx, { claim, copy, observations });
    });
    return { job: job.key, copy: copy.name, ...assignment };
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new KuraError('conflict', 'backups.job-exists', { params: { job: job.key }, cause: error });
  }
}

type Wanted = Omit<Adoption, keyof Claim>;

interface Request {
  readonly claim: Claim;
  readonly wanted: Wanted;
  readonly newest: KeptReport;
}

async function jobFor(
  context: BackupsContext,
  actor: Actor,
  { claim, wanted, newest }: Request,
): Promise<{ readonly job: Job; readonly isNew: boolean }> {
  const jobs = await findJobs(context.database.tables<BackupsTables>());
  const known = jobs.find((one) => one.title === claim.name && one.copies.some(({ tool }) => tool === claim.tool));
  if (known !== undefined && wanted.key === undefined) return { job: known, isNew: false };
  const facts = newJobSchema.parse({
    key: wanted.key ?? jobKeyOf(claim.name, { fallback: claim.tool, taken: jobs.map(({ key }) => key) }),
    title: claim.name,
    source: claim.name,
    target: (newest.part.host ?? claim.tool).slice(0, 100),
    kind: kinds[claim.tool] ?? 'files',
    ...(wanted.site === undefined ? {} : { site: wanted.site }),
    ...(wanted.everyHours === undefined ? {} : { everyHours: wanted.everyHours }),
  });
  return { job: newJob(facts, actor, nowInstant(context.clock)), isNew: true };
}

const kinds: Readonly<Partial<Record<ReportedTool, ProtectedKind>>> = {
  veeam: 'vm',
  wsb: 'system-image',
  aomei: 'system-image',
};

function copyFor({ tool, name, copy }: Claim, wanted: Wanted, { part }: KeptReport): NewCopy {
  return newCopySchema.parse({
    name: copyNameSchema.safeParse(copy).data ?? tool,
    repository: part.body.path ?? [tool, name, copy].filter((one) => one !== null).join(':'),
    site: wanted.copySite ?? wanted.site ?? 'main',
    media: wanted.media,
    engine: 'reported',
    tool,
  });
}
