/** Reports that are made by themselves: each day, week or month at a time in a zone. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { defineSchedule, nextRun, type Timing } from '#platform/schedule';
import type { Actor } from '#platform/unit-of-work';

import type { DocumentKind, DocumentPlan, DocumentPlanBody } from '../../contract/index.ts';
import type { DocumentTables } from '../../store/documents/document-tables.ts';
import { deletePlan, findPlan, findPlans, type StoredPlan, savePlan } from '../../store/documents/plan-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireJob } from '../register/find-registered.ts';
import { checkWish } from './compose-document.ts';
import { makePlannedJob } from './document-events.ts';

export async function listPlans({ database, scheduler }: BackupsContext): Promise<readonly DocumentPlan[]> {
  const times = new Map((await scheduler.list()).map((one) => [one.id, one]));
  const plans = await findPlans(database.tables<DocumentTables>());
  return plans.map((plan) => viewOf(plan, times.get(scheduleId(plan.name))));
}

interface PlanRequest {
  readonly name: string;
  readonly body: DocumentPlanBody;
  /** Of the report, unless the plan says otherwise. */
  readonly language: Language;
}

/** @throws KuraError `schedule.bad-timing`, `backups.document-form`, `backups.document-job`, `backups.job-not-found`. */
export async function putPlan(
  context: BackupsContext,
  actor: Actor,
  { name, body, language }: PlanRequest,
): Promise<DocumentPlan> {
  const { unitOfWork, scheduler, clock } = context;
  checkWish(body);
  if (body.job !== undefined) await requireJob(context, body.job);
  const settled = { ...body, zone: body.zone ?? context.zone(), language: body.language ?? language };
  // Refuses a zone that there is not.
  nextRun(timingOf(settled), clock.now());
  const known = await findPlan(context.database.tables<DocumentTables>(), name);
  const stored = {
    ...settled,
    name,
    createdBy: known?.createdBy ?? actor.name,
    createdAt: known?.createdAt ?? nowInstant(clock),
  };
  await unitOfWork.write(actor, async (tx) => {
    await savePlan(tx.tables<DocumentTables>(), stored);
    await scheduler.upsert(tx, definitionOf(stored));
    await scheduler.setEnabled(tx, scheduleId(name), stored.enabled);
    const { kind, every, at, zone, to } = stored;
    await tx.audit({
      action: 'backups.put-document-plan',
      category: 'configuration',
      subject: { kind: 'document-plan', id: name },
      result: 'done',
      after: { kind, every, at, zone, to },
    });
  });
  const times = (await scheduler.list()).find(({ id }) => id === scheduleId(name));
  return viewOf(stored, times);
}

/** @throws KuraError not-found `backups.document-plan-not-found`. */
export async function removePlan({ unitOfWork, scheduler }: BackupsContext, actor: Actor, name: string): Promise<void> {
  await unitOfWork.write(actor, async (tx) => {
    if (!(await deletePlan(tx.tables<DocumentTables>(), name))) throw planNotFound(name);
    await scheduler.remove(tx, scheduleId(name));
    const subject = { kind: 'document-plan', id: name };
    await tx.audit({ action: 'backups.remove-document-plan', category: 'configuration', subject, result: 'done' });
  });
}

/** Beside its times. Answers with the id of the queue's job. @throws KuraError not-found `backups.document-plan-not-found`. */
export async function runPlan(context: BackupsContext, actor: Actor, name: string): Promise<string> {
  await requirePlan(context, name);
  return await context.unitOfWork.write(actor, async (tx) => {
    const subject = { kind: 'document-plan', id: name };
    await tx.audit({ action: 'backups.run-document-plan', subject, result: 'done' });
    return (await tx.enqueue(makePlannedJob, { plan: name })).id;
  });
}

export async function requirePlan({ database }: BackupsContext, name: string): Promise<StoredPlan> {
  const plan = await findPlan(database.tables<DocumentTables>(), name);
  if (plan === undefined) throw planNotFound(name);
  return plan;
}

/** What tells of no certain time by itself tells of what lies between two times of the plan. */
export function plannedSpan({ kind, every }: Pick<StoredPlan, 'kind' | 'every'>): DocumentKind {
  return ['daily', 'weekly', 'monthly', 'compliance'].includes(kind) ? kind : every;
}

function planNotFound(name: string): KuraError {
  return new KuraError('not-found', 'backups.document-plan-not-found', { params: { name } });
}

function scheduleId(name: string): string {
  return `backups.document.${name}`;
}

function definitionOf(plan: StoredPlan) {
  return defineSchedule({
    id: scheduleId(plan.name),
    job: makePlannedJob,
    payload: { plan: plan.name },
    timing: timingOf(plan),
  });
}

function timingOf({ every, at, day, zone }: Pick<StoredPlan, 'every' | 'at' | 'day' | 'zone'>): Timing {
  const time = `${Number(at.slice(3))} ${Number(at.slice(0, 2))}`;
  const days = { daily: '* * *', weekly: `* * ${day}`, monthly: `${day} * *` };
  return { kind: 'cron', cron: `${time} ${days[every]}`, zone };
}

type Times = { readonly nextRun: string | null; readonly lastRun: string | null };

function viewOf({ createdAt: _created, ...plan }: StoredPlan, times: Times | undefined): DocumentPlan {
  return { ...plan, nextRun: times?.nextRun ?? null, lastRun: times?.lastRun ?? null };
}
