/** What all connections of one transfer share. */
import { dirname } from 'node:path';
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { type OpenedAnswer, readAnswer } from './answer-reader.ts';
import { type BlockPool, sharedBlocks } from './blocks/block-pool.ts';
import { MeasuredPace } from './blocks/pace.ts';
import type { BodyReader } from './body-reader.ts';
import { ensureSpace } from './disk-space.ts';
import type { Entity } from './entity.ts';
import type { HttpSource, SourceAnswer, WantedRange } from './http-source.ts';
import type { PartStore } from './part-store.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { refusalOf } from './refusal.ts';
import type { RetryBudget } from './retry-budget.ts';
import { Governor } from './steering/governor.ts';
import type { SteeringLimits } from './steering/modes.ts';
import type { Steering } from './steering/steering.ts';
import type { Vitals } from './steering/vitals.ts';
import { TransferFault } from './transfer-fault.ts';
import type { TransferDeps, TransferRequest } from './transfer-request.ts';

const DEFAULT_RESERVE = 64 * MIB;

export interface TransferRunOptions {
  readonly request: TransferRequest;
  readonly deps: TransferDeps;
  readonly source: HttpSource;
  readonly state: PartStore;
  /** Where to go on when the file turns out not to be one for `state`. */
  readonly openPart: () => Promise<PartStore>;
  readonly budget: RetryBudget;
  readonly meter: ProgressMeter;
  readonly idleTimeoutMs: number;
  readonly limits: SteeringLimits;
  readonly steering: Steering;
}

export class TransferRun {
  readonly request: TransferRequest;
  state: PartStore;
  readonly budget: RetryBudget;
  readonly meter: ProgressMeter;
  readonly clock: Clock;
  /** The most there may be. */
  readonly connections: number;
  readonly blocks: BlockPool;
  readonly pace = new MeasuredPace();
  /** Ask without ranges, from zero, in one stream: ranges are ignored or have lied. */
  isPlain = false;
  serverFileName: string | undefined;
  /** Bytes that came over the network, useful or not. */
  networkBytes = 0;
  /** Who answered last: name and port. */
  #host = '';
  #governor: Governor | undefined;
  readonly #options: TransferRunOptions;

  constructor(options: TransferRunOptions) {
    this.#options = options;
    this.request = options.request;
    this.state = options.state;
    this.budget = options.budget;
    this.meter = options.meter;
    this.blocks = options.deps.blocks ?? sharedBlocks();
    this.clock = options.deps.clock;
    this.connections = options.limits.most;
  }

  /** One request and what it gives. @throws TransferFault, or a KuraError that asking again would not change. */
  async open(wanted: WantedRange | undefined, signal: AbortSignal): Promise<OpenedAnswer> {
    const { source, deps, idleTimeoutMs } = this.#options;
    const answer = await source.open(wanted, signal);
    this.budget.answered();
    this.#host = answer.url.host;
    if (![200, 206, 416].includes(answer.status)) {
      const refusal = await this.#refused(answer);
      // One connection too many says nothing against the address; if it was the only one, `pause` asks anew.
      if (!(refusal instanceof TransferFault && refusal.busy)) source.forget(answer);
      throw refusal;
    }
    if (!answer.fromMemory) deps.hostPauses?.answered(source.host);
    try {
      const opened = await readAnswer(answer, { wanted, target: this.request.target, idleTimeoutMs });
      if (opened.kind !== 'beyond-end') this.serverFileName = opened.serverFileName ?? this.serverFileName;
      return opened;
    } catch (error) {
      source.forget(answer);
      throw error;
    }
  }

  /** Takes `entity` as the file to fetch, once its length is right and fits on the disk. */
  async begin(entity: Entity): Promise<void> {
    const { totalBytes } = entity;
    const { request, deps } = this.#options;
    this.#checkLength(totalBytes);
    if (!this.state.canHold(totalBytes)) this.state = await this.#options.openPart();
    const folder = dirname(request.target);
    const neededBytes = Math.max(0, (totalBytes ?? 0) - this.state.occupiedBytes);
    await ensureSpace({ folder, neededBytes, reserveBytes: request.reserveBytes ?? DEFAULT_RESERVE }, deps);
    this.state.entity = entity;
    this.meter.reset(this.state.presentBytes, totalBytes);
    this.meter.enter('transferring');
  }

  /** Waits before the next attempt. @throws the fault's verdict when there have been enough. */
  async pause(fault: TransferFault, signal: AbortSignal): Promise<void> {
    const isIdle = this.meter.connections === 0;
    if (fault.busy) this.#options.source.forgetAddress();
    if (isIdle) this.meter.enter('waiting');
    const host = this.#options.steering.host(this.#host);
    const isQueuing = fault.busy && host.inUse > (this.#governor?.inUse ?? 0);
    await this.budget.pause(fault, signal, { networkClass: host.gauge.networkClass, isQueuing });
    if (isIdle) this.meter.enter(this.state.entity ? 'transferring' : 'connecting');
  }

  /** Asks the bandwidth limit, where there is one. */
  admission(signal: AbortSignal): ((count: number) => Promise<void>) | undefined {
    const { bandwidth } = this.request;
    return bandwidth && ((count) => bandwidth.take(count, signal));
  }

  /** Pulls one chunk, within the bandwidth limit. */
  async read(reader: BodyReader, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const chunk = await reader.next();
    if (!chunk) return undefined;
    this.networkBytes += chunk.length;
    await this.request.bandwidth?.take(chunk.length, signal);
    return chunk;
  }

  /** Who decides on the number of connections, at most `most`, to the host that has answered. */
  govern(most: number): Governor {
    const { limits, steering, request } = this.#options;
    const host = steering.host(this.#host);
    const lower = { ...limits, most: Math.min(limits.most, most), start: Math.min(limits.start, most) };
    const options = { host, limits: lower, clock: this.clock, onDecision: request.onDecision };
    this.#governor = new Governor(options, this.vitals());
    return this.#governor;
  }

  vitals(): Vitals {
    return this.#options.steering.vitals();
  }

  async #refused(answer: SourceAnswer): Promise<TransferFault | KuraError> {
    const { source, deps, idleTimeoutMs } = this.#options;
    const explain = this.request.explainRefusal;
    const refusal = await refusalOf(answer, { clock: deps.clock, idleTimeoutMs, explain });
    // What the storage behind it thinks is its own affair: addresses are given by the host that was asked.
    if (answer.fromMemory || answer.url.host !== source.host) return refusal;
    const verdict = refusal instanceof TransferFault ? refusal.verdict : refusal;
    if (answer.status === 429) deps.hostPauses?.refused(source.host, verdict);
    else deps.hostPauses?.answered(source.host);
    return refusal;
  }

  #checkLength(totalBytes: number | undefined): void {
    const { expected, maxBytes } = this.request;
    if (totalBytes === undefined) return;
    if (maxBytes !== undefined && totalBytes > maxBytes) throw tooLarge(maxBytes, totalBytes);
    if (expected?.sizeBytes === undefined || expected.sizeBytes === totalBytes) return;
    this.#options.source.forgetAddress();
    throw new TransferFault({
      remedy: 'retry',
      verdict: wrongSize(expected.sizeBytes, totalBytes),
      maxAttempts: 2,
    });
  }
}

export function tooLarge(maxBytes: number, actualBytes: number): KuraError {
  return new KuraError('forbidden', 'transfer.too-large', { params: { maxBytes, actualBytes } });
}

export function wrongSize(expectedBytes: number, actualBytes: number): KuraError {
  return new KuraError('mismatch', 'transfer.size-mismatch', { params: { expectedBytes, actualBytes } });
}

/** The far side closed before it had sent what it announced. */
export function cutShort(receivedBytes: number, announcedBytes: number): TransferFault {
  const verdict = new KuraError('unavailable', 'transfer.cut-short', { params: { receivedBytes, announcedBytes } });
  return new TransferFault({ remedy: 'retry', verdict });
}
