/** One drill of one copy, recorded from its beginning; whatever it finds is kept, signed and told. */
import { nowInstant } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import type { WriteTransaction } from '#platform/unit-of-work';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { beginDrill, endDrill, findDrill, saveProgress } from '../../store/drill-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { observeCopies } from '../register/observe-copies.ts';
import { whySkipped } from '../runs/back-up-copy.ts';
import { lockCopy, runnerName } from '../runs/copy-lock.ts';
import { reasonOfError } from '../runs/reason-of.ts';
import { settlePlan } from '../test-plans/settle-plan.ts';
import { updateVerdict } from '../verdict/update-verdict.ts';
import type { VerificationProgress } from '../verification/examination.ts';
import { carryOutDrill, type DrillOutcome } from './carry-out-drill.ts';
import { type Drill, type DrillFacts, drillFactsSchema, noFacts } from './drill-record.ts';
import type { DrillWork } from './drill-work.ts';
import { reviseDrill } from './revise-drill.ts';
import { tellDrill } from './tell-drill.ts';

/**
 * The drill as it ended. What could not be carried out ends as interrupted, with the reason.
 * @throws KuraError conflict `files.locked`; when aborted, the signal's reason, after the record was closed.
 */
export async function runDrill(context: BackupsContext, work: Omit<DrillWork, 'report'> & Listener): Promise<Drill> {
  const { actor, copy, drill, job, signal } = work;
  await using _lock = await lockCopy(context, copy.id, 'drill', signal);
  const startedAt = nowInstant(context.clock);
  const begin = { runner: runnerName(context), startedAt };
  const begun = await context.unitOfWork.write(actor, (tx) => beginDrill(tx.tables<BackupsTables>(), drill.id, begin));
  if (!begun) return await requireDrill(context, drill.id);
  const keeper = keepProgress(context, work);
  const from = context.clock.monotonic();
  const outcome = await attempt(context, { ...work, report: keeper.report });
  await keeper.settled();
  const seconds = (context.clock.monotonic() - from) / 1000;
  const ended: Drill = {
    ...drill,
    startedAt,
    result: outcome.result,
    endedAt: nowInstant(context.clock),
    facts: factsOf(work, outcome, seconds),
  };
  const observations = await observeCopies(job.copies, context.storages);
  await context.unitOfWork.write(actor, async (tx) => {
    if (await endIn(tx, ended)) {
      await reviseDrill(context, tx, ended, null);
      await tellDrill(context, tx, { job, drill: ended });
      await settlePlan(context, tx, { job, drill: ended });
    }
    await updateVerdict(context, tx, job.key, observations);
  });
  signal.throwIfAborted();
  return await requireDrill(context, drill.id);
}

export interface Listener {
  readonly onProgress?: ((progress: VerificationProgress) => void) | undefined;
}

/** @throws KuraError `backups.drill-not-found`. */
export async function requireDrill({ database }: Pick<BackupsContext, 'database'>, id: string): Promise<Drill> {
  const drill = await findDrill(database.tables<BackupsTables>(), id);
  if (drill === undefined) throw new KuraError('not-found', 'backups.drill-not-found', { params: { drill: id } });
  return drill;
}

export async function endIn(tx: WriteTransaction, { id, result, endedAt, facts }: Drill): Promise<boolean> {
  return endDrill(tx.tables<BackupsTables>(), id, { result, endedAt: endedAt ?? '', facts });
}

async function attempt(context: BackupsContext, work: DrillWork): Promise<DrillOutcome> {
  const seed = work.options.seed ?? Buffer.from(context.random.bytes(8)).toString('hex');
  try {
    const away = await whySkipped(work.copy, context);
    if (away !== undefined) return interrupted(away.code, away.params);
    return await carryOutDrill(context, work, seed);
  } catch (error) {
    if (work.signal.aborted) return interrupted('backups.run-stopped', {});
    const { code, params } = reasonOfError(error);
    // Damage that keeps a copy from being read at all is a finding like any other.
    const isDamage = isKuraError(error) && (error.kind === 'mismatch' || error.code === 'vault.object-missing');
    if (!isDamage) return interrupted(code, params);
    const finding = { code, params: known(params) };
    return { result: 'failed', facts: { filesFailed: 1, findings: [finding], error: finding } };
  }
}

function interrupted(code: string, params: Readonly<Record<string, unknown>>): DrillOutcome {
  return { result: 'interrupted', facts: { error: { code, params: known(params) } } };
}

function known(params: Readonly<Record<string, unknown>>): NonNullable<DrillFacts['error']>['params'] {
  return drillFactsSchema.shape.findings
    .unwrap()
    .element.shape.params.parse(
      Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value ?? null])),
    );
}

function factsOf({ options }: Pick<DrillWork, 'options'>, { facts }: DrillOutcome, seconds: number): DrillFacts {
  const { rtoTargetSeconds, rpoTargetSeconds } = options;
  return { ...noFacts, ...facts, rtoTargetSeconds, rpoTargetSeconds, seconds };
}

const progressMs = SECOND;

/** Screens look at it in the record; what cannot be written down now is written a second later. */
function keepProgress(
  context: BackupsContext,
  { actor, drill, onProgress }: Pick<DrillWork, 'actor' | 'drill'> & Listener,
) {
  let last = Number.NEGATIVE_INFINITY;
  let writing: Promise<unknown> = Promise.resolve();
  return {
    report: (progress: VerificationProgress): void => {
      onProgress?.(progress);
      const now = context.clock.monotonic();
      if (now - last < progressMs) return;
      last = now;
      const { objects: files, bytes, totalBytes } = progress;
      writing = writing.then(() =>
        context.unitOfWork
          .write(actor, (tx) => saveProgress(tx.tables<BackupsTables>(), drill.id, { files, bytes, totalBytes }))
          .catch(() => undefined),
      );
    },
    settled: () => writing,
  };
}
