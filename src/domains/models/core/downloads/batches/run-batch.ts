/**
 * Runs a batch until it has ended, or must stop. What has happened to a file is kept in the transaction that ends it, so
 * that a run that is broken off anywhere goes on with what is missing (M-127).
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { nowInstant } from '#kernel/clock';
import { KuraError, toKuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import { acquireLock } from '#platform/files';
import type { Actor } from '#platform/unit-of-work';

import { type BatchItem, nextBatchItems, readTally, releaseBatchItems } from '../../../store/batch-item-store.ts';
import { type Batch, type BatchRow, runnableBatches } from '../../../store/batch-store.ts';
import { saveBatchDecisions } from '../../../store/decision-store.ts';
import { systemActor } from '../../actor.ts';
import { reasonOfError } from '../../collecting/reason-of-error.ts';
import { DecisionLog, widthDecision } from '../decision-log.ts';
import { filesLeft } from './batch-caps.ts';
import type { BatchDeps } from './batch-deps.ts';
import { BatchMeter } from './batch-meter.ts';
import type { BatchRunObserver } from './batch-observer.ts';
import { type BatchEvent, hasEnded } from './batch-states.ts';
import { boostOf, hasMoreUrgent } from './batch-urgency.ts';
import { lockNameOf, unused } from './change-batch.ts';
import { FileGroups } from './file-groups.ts';
import { ItemRunner } from './item-runner.ts';
import { moveBatch, requireBatch, requireBatchRow } from './move-batch.ts';
import { RetryRounds } from './retry-rounds.ts';
import { type Stop, stopOf } from './stop-reason.ts';
import { type WidthChange, WidthControl } from './width-control.ts';

export interface RunBatchOptions {
  readonly signal: AbortSignal;
  readonly observer: BatchRunObserver;
  /**
   * A server gives way to more urgent batches but for those that somebody else has, and takes up by itself what it had
   * to leave. Undefined when the caller runs it.
   */
  readonly asServer: { readonly others: ReadonlySet<string> } | undefined;
  /** In whose name it is begun. */
  readonly actor: Actor;
}

/** How long it takes at most until somebody's word is heard. */
const LOOK_EVERY_MS = SECOND / 2;
/** Files the site is asked about together. */
const AHEAD = 20;

/**
 * Ends in a state other than `processing`. One that has ended before is left as it is.
 * @throws KuraError `models.batch-not-found`; conflict `files.locked` while another process runs it.
 */
export async function runBatch(deps: BatchDeps, id: string, options: RunBatchOptions): Promise<Batch> {
  await using _lock = await acquireLock({
    folder: deps.folders.run,
    name: lockNameOf(id),
    command: deps.command,
    clock: deps.clock,
    waitMs: 0,
    signal: options.signal,
  });
  const batch = await takeOver(deps, id, options);
  // Awaited, or the lock would be let go first.
  return batch.status === 'processing' ? await new BatchRun(deps, batch, options).run() : batch;
}

async function takeOver(deps: BatchDeps, id: string, options: RunBatchOptions): Promise<Batch> {
  const asServer = options.asServer !== undefined;
  return deps.unitOfWork.write(options.actor, async (tx) => {
    const found = await requireBatch(tx, id);
    // Somebody paused it since it was queued; only a person at the keyboard goes on with it.
    if (hasEnded(found.status) || (asServer && found.status === 'paused')) return found;
    const open =
      found.status === 'paused' ? await moveBatch(deps, tx, found, { event: 'resume', used: unused }) : found;
    await releaseBatchItems(tx, id);
    return moveBatch(deps, tx, open, {
      event: 'start',
      boost: boostOf(open, deps.clock.now()),
      byServer: asServer,
      run: found.run + 1,
      startedAt: found.startedAt ?? nowInstant(deps.clock),
    });
  });
}

class BatchRun {
  readonly #deps: BatchDeps;
  readonly #options: RunBatchOptions;
  readonly #meter: BatchMeter;
  readonly #items: ItemRunner;
  readonly #rounds: RetryRounds;
  readonly #width: WidthControl;
  readonly #decisions: DecisionLog;
  #batch: BatchRow;
  /** Ends the pause under way. */
  #wake = new AbortController();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #toldAt: number;
  readonly #groups = new FileGroups();

  constructor(deps: BatchDeps, batch: Batch, options: RunBatchOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#batch = batch;
    this.#meter = new BatchMeter(deps.clock);
    this.#toldAt = deps.clock.monotonic();
    this.#rounds = new RetryRounds(deps.clock);
    this.#decisions = new DecisionLog(async (decisions) =>
      deps.unitOfWork.write(systemActor, async (tx) => saveBatchDecisions(tx, batch.id, decisions)),
    );
    this.#items = new ItemRunner(deps, batch, {
      ...options,
      meter: this.#meter,
      onEnd: () => this.#wake.abort(),
      onDecision: (decision) => this.#decisions.add(decision),
    });
    this.#width = new WidthControl({
      start: 2,
      max: () => this.#batch.options.parallel,
      onChange: (change) => this.#widthChanged(change),
    });
  }

  async run(): Promise<Batch> {
    const { signal } = this.#options;
    await using _decisions = this.#decisions;
    this.#began();
    const wake = (): void => this.#wake.abort();
    signal.addEventListener('abort', wake);
    try {
      const stop = await this.#untilStop();
      await this.#items.stop();
      return await this.#leave(stop);
    } catch (thrown) {
      await this.#items.stop();
      const error = toKuraError(thrown);
      if (error.code === 'models.batch-taken-over') throw error;
      return await this.#leave({ kind: 'fault', error });
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  #began(): void {
    const to = this.#places();
    this.#decisions.add(widthDecision(this.#deps.clock, { from: 0, to, reason: 'start', bytesPerSecond: 0 }));
  }

  #widthChanged(change: WidthChange): void {
    this.#deps.logger.info('models.batch-width', { batch: this.#batch.id, ...change });
    // With another strategy it is measured, and nothing comes of it.
    if (this.#batch.options.strategy !== 'adaptive') return;
    this.#decisions.add(widthDecision(this.#deps.clock, change));
  }

  async #untilStop(): Promise<Stop> {
    for (;;) {
      // From here on, so that nothing that ends before the pause is missed.
      this.#wake = new AbortController();
      await this.#look();
      const stop = stopOf({
        deps: this.#deps,
        batch: this.#batch,
        used: this.#items.used,
        fault: this.#items.fault,
        signal: this.#options.signal,
      });
      if (stop !== undefined && stop.kind !== 'cap') return stop;
      const isIdle = await this.#fill(stop !== undefined);
      if (isIdle && (await this.#isDone())) return { kind: 'finished' };
      if (stop !== undefined && (isIdle || stop.isSharp)) return stop;
      if (isIdle && (await this.#mustGiveWay())) return { kind: 'urgent' };
      await this.#pause();
    }
  }

  /** Begins as many files as may run now; true when none is under way. */
  async #fill(isOver: boolean): Promise<boolean> {
    const { options, id } = this.#batch;
    const now = this.#deps.clock.monotonic();
    const running = this.#items.count;
    const places = Math.min(
      this.#places() - running,
      filesLeft(options.caps, this.#items.used, running),
      this.#groups.placesLeft(options, this.#items, now),
    );
    if (isOver || places <= 0 || (await this.#mustGiveWay())) return running === 0;
    const ahead = await nextBatchItems(this.#deps.database, id, options.order, Math.max(places, AHEAD));
    const due = this.#rounds.due(ahead, running, this.#items.askedMs);
    if (due.length > 0) await this.#begin(due, places);
    return this.#items.count === 0;
  }

  async #begin(due: readonly BatchItem[], count: number): Promise<void> {
    await this.#items.prepare(due);
    for (const item of due.slice(0, count)) {
      this.#groups.begun();
      await this.#items.begin(item, this.#batch.options);
    }
  }

  #places(): number {
    const { strategy, parallel } = this.#batch.options;
    if (strategy === 'sequential') return 1;
    return strategy === 'parallel' ? parallel : Math.min(this.#width.width, parallel);
  }

  async #isDone(): Promise<boolean> {
    const tally = await readTally(this.#deps.database, this.#batch.id);
    return tally.pending + tally.processing === 0;
  }

  async #mustGiveWay(): Promise<boolean> {
    if (this.#options.asServer === undefined) return false;
    const waiting = await runnableBatches(this.#deps.database, nowInstant(this.#deps.clock));
    return hasMoreUrgent(this.#batch, waiting, { now: this.#deps.clock.now(), except: this.#options.asServer.others });
  }

  /** What people have said since. @throws KuraError `models.batch-taken-over`. */
  async #look(): Promise<void> {
    const now = this.#deps.clock.monotonic();
    if (now - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#lookedAt = now;
    const found = await requireBatchRow(this.#deps.database, this.#batch.id);
    if (found.run !== this.#batch.run) throw new KuraError('conflict', 'models.batch-taken-over');
    this.#batch = found;
    if (now - this.#toldAt >= SECOND) await this.#tell(now);
  }

  async #tell(now: number): Promise<void> {
    const bytes = this.#meter.sample();
    this.#toldAt = now;
    if (this.#items.takeRefusals() > 0) this.#width.refused(now);
    else this.#width.measured(bytes, this.#items.count >= this.#places(), now);
    const tally = await readTally(this.#deps.database, this.#batch.id);
    this.#options.observer.onProgress(this.#meter.progress(this.#batch, tally, this.#items.receivedBytes));
  }

  /** Until a file ends, or it is time to look again. */
  async #pause(): Promise<void> {
    await sleep(LOOK_EVERY_MS, undefined, { signal: this.#wake.signal }).catch(() => undefined);
  }

  async #leave(stop: Stop): Promise<Batch> {
    const { id } = this.#batch;
    if ('reason' in stop) this.#deps.logger.info('models.batch-stopped', { batch: id, why: stop.reason.code });
    if (stop.kind === 'fault') this.#deps.logger.error('models.batch-stopped', stop.error, { batch: id });
    const left = await this.#deps.unitOfWork.write(systemActor, async (tx) => {
      const found = await requireBatch(tx, id);
      if (found.run !== this.#batch.run) throw new KuraError('conflict', 'models.batch-taken-over');
      // Somebody else's word stands.
      if (found.status !== 'processing') return found;
      return moveBatch(this.#deps, tx, found, {
        used: this.#items.used,
        ...leavingBy(stop, this.#options.asServer !== undefined),
      });
    });
    this.#meter.sample();
    this.#options.observer.onProgress(this.#meter.progress(left, left.tally, 0));
    return left;
  }
}

type Leaving = { readonly event: BatchEvent } & Partial<BatchRow>;

function leavingBy(stop: Stop, asServer: boolean): Leaving {
  switch (stop.kind) {
    case 'finished':
      return { event: 'finish' };
    case 'cap':
      return { event: 'cap', reason: stop.reason };
    case 'closed':
    case 'away':
      return { event: 'wait', reason: stop.reason, waitsUntil: stop.until };
    case 'fault':
      return { event: 'fault', reason: reasonOfError(stop.error) };
    case 'aborted':
      if (!asServer) return { event: 'pause', reason: { code: 'models.batch-interrupted', params: {} } };
      return { event: 'yield' };
    default:
      return { event: 'yield' };
  }
}
