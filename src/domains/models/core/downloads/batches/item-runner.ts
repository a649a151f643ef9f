/** The files of a batch that are under way, and what becomes of each. */
import { KuraError, toKuraError } from '#kernel/errors';

import type { BatchOptions } from '../../../contract/batch-shapes.ts';
import type { KeptDecision } from '../../../contract/steering-shapes.ts';
import type { DownloadProgress } from '../../../ports.ts';
import { type BatchItem, findBatchItem, updateBatchItem } from '../../../store/batch-item-store.ts';
import { type BatchRow, type BatchUse, saveUse } from '../../../store/batch-store.ts';
import type { Download } from '../../../store/download-store.ts';
import { systemActor } from '../../actor.ts';
import { reasonOfError } from '../../collecting/reason-of-error.ts';
import type { WantedFile } from '../wanted-file.ts';
import type { BatchDeps } from './batch-deps.ts';
import { classOfFault, hasToken, mayBeStale } from './batch-fault.ts';
import type { BatchMeter } from './batch-meter.ts';
import type { BatchRunObserver } from './batch-observer.ts';
import { type ItemEvent, nextItemStatus } from './batch-states.ts';
import { BatchItems } from './run-batch-item.ts';
import { isOther, settleItem } from './settle-item.ts';
import type { GeneralFault } from './stop-reason.ts';

interface Slot {
  item: BatchItem;
  readonly options: BatchOptions;
  readonly abort: AbortController;
  readonly startedAt: number;
  /** Of this attempt; undefined before the first byte. */
  firstBytes: number | undefined;
  receivedBytes: number;
  /** Requests that were made again. */
  retries: number;
  ended: Promise<void>;
}

export interface ItemRunnerOptions {
  readonly signal: AbortSignal;
  readonly observer: BatchRunObserver;
  readonly meter: BatchMeter;
  /** One of them is over, however it went. */
  readonly onEnd: () => void;
  readonly onDecision: (decision: KeptDecision) => void;
}

/** So many files in a row that failed in passing: it is not the files. */
const SITE_AWAY_AFTER = 10;

export class ItemRunner {
  readonly #deps: BatchDeps;
  readonly #options: ItemRunnerOptions;
  readonly #batch: BatchRow;
  readonly #items: BatchItems;
  readonly #running = new Map<number, Slot>();
  readonly #startedAt: number;
  #usedFiles: number;
  #usedBytes: number;
  #fault: GeneralFault | undefined;
  #fetched = 0;
  #refusals = 0;
  #askedMs = 0;
  #failedInARow = 0;

  constructor(deps: BatchDeps, batch: BatchRow, options: ItemRunnerOptions) {
    this.#deps = deps;
    this.#batch = batch;
    this.#options = options;
    this.#items = new BatchItems(deps, batch.actor);
    this.#startedAt = deps.clock.monotonic();
    this.#usedFiles = batch.used.files;
    this.#usedBytes = batch.used.bytes;
  }

  get count(): number {
    return this.#running.size;
  }

  /** Files that came over the network in this run. */
  get fetched(): number {
    return this.#fetched;
  }

  get fault(): GeneralFault | undefined {
    return this.#fault;
  }

  /** Longest wait the site has asked for. */
  get askedMs(): number {
    return this.#askedMs;
  }

  /** Of files under way. */
  get receivedBytes(): number {
    return this.#running.values().reduce((sum, slot) => sum + slot.receivedBytes, 0);
  }

  /** What counts against the caps, files under way included. */
  get used(): BatchUse {
    const underWay = this.#running.values().reduce((sum, slot) => sum + networkBytesOf(slot), 0);
    const ms = this.#batch.used.ms + Math.round(this.#deps.clock.monotonic() - this.#startedAt);
    return { files: this.#usedFiles, bytes: this.#usedBytes + underWay, ms };
  }

  /** How often the site said that it was too much, since the last call. */
  takeRefusals(): number {
    const refusals = this.#refusals;
    this.#refusals = 0;
    return refusals;
  }

  async prepare(items: readonly BatchItem[]): Promise<void> {
    await this.#items.prepare(items, this.#options.signal);
  }

  async begin(item: BatchItem, options: BatchOptions): Promise<void> {
    const begun: BatchItem = { ...item, status: 'processing', attempts: item.attempts + 1, reason: null };
    await this.#deps.unitOfWork.write(systemActor, async (tx) => updateBatchItem(tx, begun));
    const slot: Slot = {
      item: begun,
      options,
      abort: new AbortController(),
      startedAt: this.#deps.clock.monotonic(),
      firstBytes: undefined,
      receivedBytes: 0,
      retries: 0,
      ended: Promise.resolve(),
    };
    this.#running.set(item.number, slot);
    slot.ended = this.#run(slot).finally(() => {
      this.#running.delete(item.number);
      this.#options.onEnd();
    });
  }

  /** Stops what is under way; what has arrived is kept. */
  async stop(): Promise<void> {
    const slots = [...this.#running.values()];
    for (const { abort } of slots) abort.abort(new KuraError('interrupted', 'kernel.interrupted'));
    await Promise.all(slots.map(({ ended }) => ended));
  }

  async #run(slot: Slot): Promise<void> {
    try {
      await this.#attempt(slot);
    } catch (thrown) {
      // What became of the file could not be kept: nothing else can be, either.
      this.#fault = { kind: 'everything', error: toKuraError(thrown) };
    }
  }

  async #attempt(slot: Slot): Promise<void> {
    let ended: Download | undefined;
    try {
      ended = await this.#fetch(slot);
    } catch (thrown) {
      await this.#failed(slot, toKuraError(thrown));
      return;
    }
    if (ended !== undefined) await this.#succeeded(slot, ended);
  }

  /** Undefined when another item of the batch is the same file. */
  async #fetch(slot: Slot): Promise<Download | undefined> {
    const { signal } = slot.abort;
    signal.throwIfAborted();
    const resolved = await this.#items.resolve(slot.item, signal);
    const settled = await settleItem(this.#deps, slot.item, resolved);
    if (settled === undefined) return undefined;
    const { wanted } = settled;
    slot.item = settled.item;
    try {
      return await this.#fetchWanted(slot, wanted);
    } catch (thrown) {
      const error = toKuraError(thrown);
      if (!mayBeStale(error) || signal.aborted) throw error;
      const anew = (await this.#items.resolveAnew(slot.item, signal)).find((one) => isOther(one, wanted));
      if (anew === undefined) throw error;
      return this.#fetchWanted(slot, anew);
    }
  }

  async #fetchWanted(slot: Slot, wanted: WantedFile): Promise<Download> {
    const { observer } = this.#options;
    return this.#items.fetch(wanted, slot.options, {
      signal: slot.abort.signal,
      observer: {
        onFile: observer.onFile,
        onWait: observer.onWait,
        onProgress: (progress) => this.#heard(slot, progress),
        onDecision: this.#options.onDecision,
      },
    });
  }

  #heard(slot: Slot, progress: DownloadProgress): void {
    slot.firstBytes ??= progress.receivedBytes;
    this.#options.meter.add(Math.max(0, progress.receivedBytes - Math.max(slot.receivedBytes, slot.firstBytes)));
    slot.receivedBytes = progress.receivedBytes;
    slot.retries = progress.retries ?? slot.retries;
    this.#options.observer.sink.downloadProgressed(progress);
  }

  async #succeeded(slot: Slot, ended: Download): Promise<void> {
    const { status, path, sizeBytes, sha256, verdict, reason, mirror } = ended;
    const wasFetched = slot.firstBytes !== undefined;
    this.#failedInARow = 0;
    if (wasFetched) this.#fetched += 1;
    await this.#end(slot, status === 'quarantined' ? 'quarantine' : 'place', {
      path,
      sizeBytes,
      sha256,
      verdict,
      reason,
      mirror: wasFetched ? mirror : null,
      wasThere: status === 'skipped',
      // Wasted bytes included, which progress does not tell.
      networkBytes: wasFetched && status === 'placed' ? (ended.networkBytes ?? undefined) : undefined,
    });
  }

  async #failed(slot: Slot, error: KuraError): Promise<void> {
    const { item, options } = slot;
    if (slot.abort.signal.aborted) return this.#release(slot);
    const fault = classOfFault(error, hasToken(this.#deps.source));
    if (fault === 'everything' || fault === 'away') {
      this.#fault ??= { kind: fault, error };
      return this.#release(slot);
    }
    if (fault === 'passing') this.#countPassing(item, error);
    else this.#failedInARow = 0;
    const isLater = fault === 'passing' && item.round < options.retryRounds;
    const reason = reasonOfError(error);
    return isLater
      ? this.#end(slot, 'postpone', { reason, round: item.round + 1 })
      : this.#end(slot, 'fail', { reason });
  }

  #countPassing(item: BatchItem, error: KuraError): void {
    if (error.kind === 'limit') this.#refusals += 1;
    this.#askedMs = Math.max(this.#askedMs, error.retryAfterMs ?? 0);
    this.#failedInARow += 1;
    // Later rounds are made of what fails.
    if (item.round === 0 && this.#failedInARow >= SITE_AWAY_AFTER) this.#fault ??= { kind: 'away', error };
  }

  /** It was stopped: that was no attempt. */
  async #release(slot: Slot): Promise<void> {
    await this.#end(slot, 'release', { attempts: slot.item.attempts - 1 });
  }

  async #end(slot: Slot, event: ItemEvent, changes: ItemChanges): Promise<void> {
    const { item } = slot;
    const networkBytes = changes.networkBytes ?? networkBytesOf(slot);
    const ended = await this.#deps.unitOfWork.write(systemActor, async (tx) => {
      const found = await findBatchItem(tx, item.batchId, item.number);
      const status = found === undefined ? undefined : nextItemStatus(found.status, event);
      if (found === undefined || status === undefined) return undefined;
      const next: BatchItem = {
        ...item,
        ...changes,
        status,
        ms: (item.ms ?? 0) + Math.round(this.#deps.clock.monotonic() - slot.startedAt),
        networkBytes: item.networkBytes + networkBytes,
        retries: item.retries + slot.retries,
      };
      await updateBatchItem(tx, next);
      await saveUse(tx, item.batchId, this.#useWith(slot, status === 'done' && !next.wasThere, networkBytes));
      return next;
    });
    this.#usedBytes += networkBytes;
    // From here on its bytes are counted there.
    slot.receivedBytes = 0;
    slot.firstBytes = undefined;
    if (ended === undefined) return;
    if (ended.status === 'done' && !ended.wasThere) this.#usedFiles += 1;
    if (ended.status !== 'pending') this.#deps.batchMeasures.itemEnded(ended.status, networkBytes);
    this.#options.observer.onItem(ended);
  }

  #useWith(slot: Slot, isFile: boolean, networkBytes: number): BatchUse {
    const { files, bytes, ms } = this.used;
    return { files: files + Number(isFile), bytes: bytes - networkBytesOf(slot) + networkBytes, ms };
  }
}

type ItemChanges = Partial<Omit<BatchItem, 'batchId' | 'number' | 'status' | 'networkBytes'>> & {
  readonly networkBytes?: number | undefined;
};

function networkBytesOf({ receivedBytes, firstBytes }: Slot): number {
  return Math.max(0, receivedBytes - (firstBytes ?? receivedBytes));
}
