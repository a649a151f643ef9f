/** Counts attempts that brought nothing, over all connections of a transfer, and waits between them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Random } from '#kernel/clock';
import { KuraError, systemCode, toKuraError } from '#kernel/errors';
import { KIB } from '#kernel/units';

import { backoffMs, type RetryLimits } from './retry-policy.ts';
import type { NetworkClass } from './steering/network-class.ts';
import { isNetworkError, isUntrusted, TransferFault } from './transfer-fault.ts';

/** What has to arrive before an attempt counts as having brought something. */
const PROGRESS_BYTES = 16 * KIB;
/** A source that has never answered is more likely misspelt or switched off than out of reach for a moment. */
const FIRST_CONTACT_ATTEMPTS = 4;

export interface LineState {
  readonly networkClass?: NetworkClass | undefined;
  /** The far side is busy with other transfers of ours: waiting for them is no failed attempt. */
  readonly isQueuing?: boolean;
}

export class RetryBudget {
  readonly #limits: RetryLimits;
  readonly #random: Random;
  #failures = 0;
  #retries = 0;
  #progress = 0;
  #hasAnswered = false;

  constructor(limits: RetryLimits, deps: { readonly clock: Clock; readonly random: Random }) {
    this.#limits = limits;
    this.#random = deps.random;
  }

  /** Requests that had to be made again because one before had failed. */
  get retries(): number {
    return this.#retries;
  }

  /** The source is there: from now on a lost connection is worth the full number of attempts. */
  answered(): void {
    this.#hasAnswered = true;
  }

  /** Durable progress gives the attempts back. */
  progress(count: number): void {
    this.#progress += count;
    if (this.#progress < PROGRESS_BYTES) return;
    this.#progress = 0;
    this.#failures = 0;
  }

  /** The fault behind `error`. @throws the error itself, as a KuraError, when no attempt can mend it. */
  faultOf(error: unknown): TransferFault {
    if (error instanceof TransferFault) return this.#counted(error);
    if (isUntrusted(error)) throw untrusted(error);
    if (!isNetworkError(error)) throw toKuraError(error);
    const maxAttempts = this.#hasAnswered ? undefined : FIRST_CONTACT_ATTEMPTS;
    return this.#counted(new TransferFault({ remedy: 'retry', verdict: verdictOn(error), maxAttempts }));
  }

  #counted(fault: TransferFault): TransferFault {
    if (!fault.free) this.#retries += 1;
    return fault;
  }

  /** Waits as long as this fault and the line ask for. @throws its verdict when it has happened too often in a row. */
  async pause(fault: TransferFault, signal: AbortSignal, line: LineState = {}): Promise<void> {
    if (fault.free) return;
    if (!line.isQueuing) this.#failures += 1;
    this.#progress = 0;
    if (this.#failures >= Math.min(this.#limits.attempts, fault.maxAttempts)) throw fault.verdict;
    if ((fault.retryAfterMs ?? 0) > this.#limits.maxRetryAfterMs) throw fault.verdict;
    const { retryAfterMs } = fault;
    const { networkClass } = line;
    const waitMs = backoffMs(Math.max(1, this.#failures), this.#limits, this.#random, { retryAfterMs, networkClass });
    await sleep(waitMs, undefined, { signal });
  }
}

function untrusted(error: unknown): KuraError {
  return new KuraError('refused', 'transfer.untrusted', { params: { reason: reasonOf(error) }, cause: error });
}

function verdictOn(error: unknown): KuraError {
  if (systemCode(error) === 'UND_ERR_HEADERS_TIMEOUT') {
    return new KuraError('unavailable', 'transfer.stalled', { cause: error });
  }
  return new KuraError('unavailable', 'transfer.connection-lost', {
    params: { reason: reasonOf(error) },
    cause: error,
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
