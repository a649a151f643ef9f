/** Reports of jobs that nobody registered: assigned to a copy, or dismissed (B-113). */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { Claim } from '../../contract/index.ts';
import { deleteName, saveName } from '../../store/report-name-store.ts';
import { dismissUnclaimed, findUnclaimed } from '../../store/report-store.ts';
import type { ReportsTables } from '../../store/reports-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { reportClaimed } from '../backups-events.ts';
import { requireCopy, requireJob } from '../register/find-registered.ts';
import { type Observations, observeCopies } from '../register/observe-copies.ts';
import type { Copy } from '../register/protected-job.ts';
import { updateVerdict } from '../verdict/update-verdict.ts';
import { recordParts } from './record-parts.ts';

export interface Assignment {
  readonly recorded: number;
  readonly repeated: number;
}

/** What waits becomes runs, and so does what comes later under the name. */
export async function assignReports(
  context: BackupsContext,
  actor: Actor,
  claim: Claim,
  to: { readonly job: string; readonly copy: string },
): Promise<Assignment> {
  const job = await requireJob(context, to.job);
  const copy = requireCopy(job, to.copy);
  if (copy.engine !== 'reported') {
    throw new KuraError('conflict', 'backups.copy-not-reported', { params: { job: job.key, copy: copy.name } });
  }
  const observations = await observeCopies(job.copies, context.storages);
  return await context.unitOfWork.write(actor, (tx) => claimReports(context, tx, { claim, copy, observations }));
}

interface Claimed {
  readonly claim: Claim;
  readonly copy: Copy;
  readonly observations: Observations;
}

/** Within the transaction that may have registered the copy. @throws KuraError `backups.nothing-unclaimed`. */
export async function claimReports(
  context: BackupsContext,
  tx: WriteTransaction,
  { claim, copy, observations }: Claimed,
): Promise<Assignment> {
  const tables = tx.tables<ReportsTables>();
  const waiting = await findUnclaimed(tables, claim);
  if (waiting.length === 0) throw nothingUnclaimed(claim);
  const name = { tool: claim.tool, job: claim.name, copy: claim.copy ?? '', copyId: copy.id };
  await saveName(tables, name, nowInstant(context.clock));
  const outcomes = await recordParts(
    context,
    tx,
    waiting.map(({ part }) => ({ part, boundTo: [] })),
  );
  // Those that were known already under another name.
  await dismissUnclaimed(tables, claim);
  await tx.audit({
    action: 'backups.assign-reports',
    subject: { kind: 'backup-copy', id: copy.id, name: `${copy.job}/${copy.name}` },
    result: 'done',
    after: { ...claim, reports: waiting.length },
  });
  tx.publish(reportClaimed, { key: `${claim.tool}/${claim.name}` });
  await updateVerdict(context, tx, copy.job, observations);
  return { recorded: count(outcomes, 'recorded'), repeated: waiting.length - count(outcomes, 'recorded') };
}

export async function dismissReports(
  context: BackupsContext,
  actor: Actor,
  claim: Claim,
  always: boolean,
): Promise<number> {
  return await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<ReportsTables>();
    const dismissed = await dismissUnclaimed(tables, claim);
    if (dismissed === 0) throw nothingUnclaimed(claim);
    const name = { tool: claim.tool, job: claim.name, copy: claim.copy ?? '', copyId: null };
    if (always) await saveName(tables, name, nowInstant(context.clock));
    await tx.audit({
      action: 'backups.dismiss-reports',
      subject: { kind: 'backup-report', id: `${claim.tool}/${claim.name}` },
      result: 'done',
      after: { ...claim, always, reports: dismissed },
    });
    tx.publish(reportClaimed, { key: `${claim.tool}/${claim.name}` });
    return dismissed;
  });
}

/** From now on reports of that name wait again until somebody says what they mean. @throws KuraError `backups.name-unknown`. */
export async function forgetName(context: BackupsContext, actor: Actor, claim: Claim): Promise<void> {
  const { tool, name, copy } = claim;
  await context.unitOfWork.write(actor, async (tx) => {
    if (!(await deleteName(tx.tables<ReportsTables>(), { tool, job: name, copy: copy ?? '' }))) {
      throw new KuraError('not-found', 'backups.name-unknown', { params: { tool, name } });
    }
    const subject = { kind: 'backup-report', id: `${tool}/${name}` };
    await tx.audit({ action: 'backups.forget-report-name', subject, result: 'done', before: { ...claim } });
  });
}

function count(outcomes: ReadonlyArray<{ readonly state: string }>, state: string): number {
  return outcomes.filter((one) => one.state === state).length;
}

export function nothingUnclaimed({ tool, name }: Claim): KuraError {
  return new KuraError('not-found', 'backups.nothing-unclaimed', { params: { tool, name } });
}
