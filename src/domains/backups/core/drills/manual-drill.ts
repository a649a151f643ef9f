/** What somebody tested by hand, on record as they tell it. */
import { instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type { ManualDrill } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { insertDrill } from '../../store/drill-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireCopy, requireJob } from '../register/find-registered.ts';
import { observeCopies } from '../register/observe-copies.ts';
import { settlePlan } from '../test-plans/settle-plan.ts';
import { updateVerdict } from '../verdict/update-verdict.ts';
import { type Drill, noFacts } from './drill-record.ts';
import { reviseDrill } from './revise-drill.ts';
import { tellDrill } from './tell-drill.ts';

/**
 * Passed, it moves its plan on, failed, it opens a ticket, as any other. It closes no ticket. A test of one copy as a whole
 * (`full`, `integrity`) is proof for it if Kura cannot read that copy itself.
 */
export async function recordManualDrill(
  context: BackupsContext,
  actor: Actor,
  key: string,
  manual: ManualDrill,
): Promise<string> {
  if (Date.parse(manual.testedAt) > context.clock.now()) {
    throw new KuraError('invalid', 'backups.drill-in-future', { params: { at: manual.testedAt } });
  }
  const job = await requireJob(context, key);
  const copy = manual.copy === undefined ? undefined : requireCopy(job, manual.copy);
  const id = context.ids.next();
  const drill: Omit<Drill, 'position'> = {
    id,
    job: key,
    copy: copy?.name ?? null,
    copyId: copy?.id ?? null,
    planId: null,
    kind: manual.kind,
    mode: 'manual',
    result: manual.result,
    runner: '',
    tester: manual.tester,
    startedAt: instant(new Date(manual.testedAt)),
    endedAt: instant(new Date(Date.parse(manual.testedAt) + (manual.seconds ?? 0) * SECOND)),
    progress: null,
    facts: factsOf(manual),
  };
  const observations = await observeCopies(job.copies, context.storages);
  await context.unitOfWork.write(actor, async (tx) => {
    await insertDrill(tx.tables<BackupsTables>(), drill);
    const recorded = { ...drill, position: 0 };
    await reviseDrill(context, tx, recorded, null);
    await tellDrill(context, tx, { job, drill: recorded });
    await settlePlan(context, tx, { job, drill: recorded });
    await updateVerdict(context, tx, key, observations);
  });
  return id;
}

function factsOf(manual: ManualDrill): Drill['facts'] {
  const { filesTotal = 0, filesFailed = 0, issues } = manual;
  return {
    ...noFacts,
    target: manual.target,
    seconds: manual.seconds ?? null,
    snapshot: manual.snapshot ?? null,
    filesTotal,
    filesFailed,
    filesOk: Math.max(0, filesTotal - filesFailed),
    rtoSeconds: manual.rtoSeconds ?? null,
    checklist: [...manual.checklist],
    issues: issues ?? null,
    notes: manual.notes ?? null,
    findings:
      issues === undefined || manual.result === 'passed' ? [] : [{ code: 'backups.finding-told', params: { issues } }],
  };
}
