/** One subscriber's loop: woken by commits of this process, polling for those of others; it blocks nobody but itself. */
import { setTimeout as sleep } from 'node:timers/promises';

import { nowInstant } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';
import { MINUTE, SECOND } from '#kernel/units';

import type { EventOutboxOptions } from './event-outbox-options.ts';
import type { CursorRow, EventRow } from './event-tables.ts';
import {
  beginCursor,
  type CursorDeps,
  eventsAfter,
  hasNews,
  instantAt,
  moveCursor,
  ownCursor,
  parkEvent,
} from './subscriber-cursor.ts';
import type { Subscriber, Subscription } from './subscription.ts';

const LONGEST_WAIT_MS = 5 * MINUTE;
const RENEW_AFTER_MS = 10 * SECOND;

export interface SubscriberLoopOptions extends EventOutboxOptions {
  readonly subscriber: Subscriber;
  /** Unique per subscription. */
  readonly owner: string;
  readonly wakers: Set<() => void>;
}

export function startSubscriber(options: SubscriberLoopOptions): Subscription {
  return new SubscriberLoop(options);
}

class SubscriberLoop implements Subscription {
  readonly name: string;
  readonly #options: SubscriberLoopOptions;
  readonly #cursor: CursorDeps;
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  readonly #wakeUp = (): void => {
    this.#wake.abort();
  };
  #wake = new AbortController();

  constructor(options: SubscriberLoopOptions) {
    const { database, clock, owner, subscriber } = options;
    this.name = subscriber.name;
    this.#options = options;
    this.#cursor = { database, clock, owner, subscriber: subscriber.name };
    options.wakers.add(this.#wakeUp);
    this.#done = this.#run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.wakers.delete(this.#wakeUp);
    this.#stopping.abort();
    await this.#done;
  }

  async #run(): Promise<void> {
    let hasCursor = false;
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController();
      let isBehind = false;
      try {
        if (!hasCursor) await beginCursor(this.#cursor, this.#options.subscriber.from ?? 'start');
        hasCursor = true;
        isBehind = (await hasNews(this.#cursor)) && (await this.#readBatch());
      } catch (error) {
        this.#options.reportError(error);
      }
      if (!isBehind) await this.#pause();
    }
    if (hasCursor) await this.#letGo();
  }

  /** True when there may be more to read right now. */
  async #readBatch(): Promise<boolean> {
    const cursor = await ownCursor(this.#cursor);
    if (cursor === undefined || (cursor.retry_at ?? '') > nowInstant(this.#options.clock)) return false;
    let ownedSince = this.#options.clock.monotonic();
    let handled = cursor.position;
    for (const event of await eventsAfter(this.#cursor, cursor.position)) {
      if (this.#stopping.signal.aborted) break;
      const error = await this.#handle(event);
      if (error !== undefined) {
        const failures = handled === cursor.position ? cursor.failures + 1 : 1;
        return this.#failed({ event, handled, failures, error });
      }
      handled = event.position;
      if (this.#options.clock.monotonic() - ownedSince < RENEW_AFTER_MS) continue;
      // A slow handler: what is done so far is recorded, and nobody else may think that this reader died.
      if (!(await moveCursor(this.#cursor, this.#renewed(handled)))) return false;
      ownedSince = this.#options.clock.monotonic();
    }
    return moveCursor(this.#cursor, { position: handled, failures: 0, retry_at: null });
  }

  #renewed(position: number): Partial<CursorRow> {
    return { position, failures: 0, retry_at: null, owned_until: instantAt(this.#options.clock, MINUTE) };
  }

  async #handle(event: EventRow): Promise<unknown> {
    const { position, id, name, at } = event;
    try {
      for (const reaction of this.#options.subscriber.reactions) {
        if (reaction.name !== name) continue;
        const payload: unknown = JSON.parse(event.payload);
        await reaction.handle({ position, id, name, at, payload }, { signal: this.#stopping.signal });
      }
      return undefined;
    } catch (error) {
      return error ?? new Error('rejected without a reason');
    }
  }

  async #failed({ event, handled, failures, error }: FailedEvent): Promise<boolean> {
    // Stopped in the middle is not a failure; the event comes again at the next start.
    if (this.#stopping.signal.aborted) return moveCursor(this.#cursor, { position: handled });
    const { subscriber, random, clock, reportError } = this.#options;
    reportError(error);
    if (failures >= (subscriber.maxFailures ?? 12)) {
      await parkEvent(this.#cursor, event.position, toKuraError(error).message);
      return true;
    }
    const ceiling = Math.min(LONGEST_WAIT_MS, (subscriber.retryMs ?? SECOND) * 2 ** (failures - 1));
    const retryAt = instantAt(clock, random.fraction() * ceiling);
    await moveCursor(this.#cursor, { position: handled, failures, retry_at: retryAt });
    return false;
  }

  async #letGo(): Promise<void> {
    try {
      await moveCursor(this.#cursor, { owner: null, owned_until: null });
    } catch (error) {
      this.#options.reportError(error);
    }
  }

  async #pause(): Promise<void> {
    const signal = AbortSignal.any([this.#wake.signal, this.#stopping.signal]);
    await sleep(this.#options.pollMs ?? SECOND, undefined, { signal }).catch(() => {});
  }
}

interface FailedEvent {
  readonly event: EventRow;
  /** Position of the last event that was handled. */
  readonly handled: number;
  readonly failures: number;
  readonly error: unknown;
}
