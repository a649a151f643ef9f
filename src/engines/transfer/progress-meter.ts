/** Counts bytes into a progress record with a speed that does not flicker. */
import type { Clock } from '#kernel/clock';
import { SECOND } from '#kernel/units';

/** `waiting` – between two attempts; `verifying` – all bytes are here, the last of them are being hashed. */
export type TransferPhase = 'connecting' | 'transferring' | 'waiting' | 'verifying' | 'verified';

export interface TransferProgress {
  readonly phase: TransferPhase;
  /** Bytes on disk, resumed ones included. */
  readonly receivedBytes: number;
  readonly totalBytes?: number;
  /** Smoothed over about three seconds; bytes that were already here do not count. */
  readonly bytesPerSecond: number;
  readonly etaSeconds?: number;
  /** Connections that are bringing bytes now. */
  readonly connections: number;
}

const SMOOTHING_MS = 3 * SECOND;
const REPORT_EVERY_MS = 200;

export class ProgressMeter {
  connections = 0;
  totalBytes: number | undefined;
  readonly #clock: Clock;
  readonly #report: ((progress: TransferProgress) => void) | undefined;
  #phase: TransferPhase = 'connecting';
  #received = 0;
  #sinceSample = 0;
  #sampledAt: number;
  #rate: number | undefined;
  #reportedAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, report: ((progress: TransferProgress) => void) | undefined) {
    this.#clock = clock;
    this.#report = report;
    this.#sampledAt = clock.monotonic();
  }

  /** Sets the count without counting it as speed: after a resume or a restart. */
  reset(receivedBytes: number, totalBytes: number | undefined): void {
    this.#received = receivedBytes;
    this.totalBytes = totalBytes;
  }

  enter(phase: TransferPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#emit();
  }

  add(count: number): void {
    this.#received += count;
    this.#sinceSample += count;
    if (this.#clock.monotonic() - this.#reportedAt >= REPORT_EVERY_MS) this.#emit();
  }

  #emit(): void {
    this.#reportedAt = this.#clock.monotonic();
    this.#sample();
    this.#report?.(this.#snapshot());
  }

  #sample(): void {
    const now = this.#clock.monotonic();
    const elapsed = now - this.#sampledAt;
    if (elapsed < REPORT_EVERY_MS) return;
    // Time spent connecting is no speed of nothing: it would drag the first seconds down.
    if (this.#rate === undefined && this.#sinceSample === 0) {
      this.#sampledAt = now;
      return;
    }
    const current = (this.#sinceSample * SECOND) / elapsed;
    const weight = 1 - Math.exp(-elapsed / SMOOTHING_MS);
    this.#rate = this.#rate === undefined ? current : this.#rate + weight * (current - this.#rate);
    this.#sampledAt = now;
    this.#sinceSample = 0;
  }

  #snapshot(): TransferProgress {
    const rate = this.#rate ?? 0;
    const left = this.totalBytes === undefined ? undefined : Math.max(0, this.totalBytes - this.#received);
    return {
      phase: this.#phase,
      receivedBytes: this.#received,
      ...(this.totalBytes !== undefined && { totalBytes: this.totalBytes }),
      bytesPerSecond: rate,
      ...(left !== undefined && rate > 0 && { etaSeconds: left / rate }),
      connections: this.connections,
    };
  }
}
