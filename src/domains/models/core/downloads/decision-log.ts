/**
 * The last decisions about connections, in memory until it is worth a write: a file that is there within a second
 * leaves none behind.
 */
import type { SteeringDecision } from '#engines/transfer';
import { instant } from '#kernel/brands';
import { type Clock, nowInstant } from '#kernel/clock';
import { SECOND } from '#kernel/units';

import { KEPT_DECISIONS, type KeptDecision } from '../../contract/steering-shapes.ts';

const WRITE_AFTER_MS = SECOND;

/** Keeps them; its failure is nobody's but the log's. */
export type KeepDecisions = (decisions: readonly KeptDecision[]) => Promise<void>;

export class DecisionLog implements AsyncDisposable {
  readonly #keep: KeepDecisions;
  #decisions: readonly KeptDecision[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(keep: KeepDecisions) {
    this.#keep = keep;
  }

  add(decision: KeptDecision): void {
    this.#decisions = [...this.#decisions, decision].slice(-KEPT_DECISIONS);
    this.#timer ??= setTimeout(() => this.#write(), WRITE_AFTER_MS).unref();
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const decisions = this.#decisions;
    this.#writing = this.#writing.then(async () => this.#keep(decisions)).catch(() => undefined);
  }

  /** Writes what waits to be written, unless it is but the beginning. */
  async [Symbol.asyncDispose](): Promise<void> {
    const isWaiting = this.#timer !== undefined;
    clearTimeout(this.#timer);
    if (isWaiting && this.#decisions.length > 1) this.#write();
    await this.#writing;
  }
}

export function keptDecision(decision: SteeringDecision, name: string | null): KeptDecision {
  const { at, host, from, to, reason, measured } = decision;
  const bytesPerSecond = measured.bytesPerSecond === undefined ? null : Math.round(measured.bytesPerSecond);
  return { at: instant(new Date(at)), what: 'connections', name, host, from, to, reason, bytesPerSecond };
}

export function widthDecision(
  clock: Clock,
  change: { readonly from: number; readonly to: number; readonly reason: string; readonly bytesPerSecond: number },
): KeptDecision {
  const { from, to, reason, bytesPerSecond } = change;
  const rate = bytesPerSecond === 0 ? null : bytesPerSecond;
  return { at: nowInstant(clock), what: 'files', name: null, host: null, from, to, reason, bytesPerSecond: rate };
}
