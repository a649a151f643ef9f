/** Carries a request with a key out once, and gives its answer again to whoever sends it again. */
import { createHash } from 'node:crypto';

import { z } from 'zod';

import { instant } from '#kernel/brands';
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError, toKuraError } from '#kernel/errors';
import { DAY, MIB, MINUTE, SECOND } from '#kernel/units';
import type { Database } from '#platform/db';
import type { Secrets } from '#platform/secrets';

import { endKey, freeKey, type KeyedName, type KeyedRow, takeKey } from './idempotency-store.ts';

export interface KeyedRequest {
  /** Whose key it is. */
  readonly caller: string;
  readonly key: string;
  /** What is asked; the same key with something else is refused. */
  readonly asked: string;
}

const keptAnswer = z.object({
  /** Names in lower case. */
  headers: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
  /** Undefined for an answer without a body. */
  payload: z.unknown().optional(),
});

/** As it is sent, except for its status, which belongs to the route. */
export type KeptAnswer = z.output<typeof keptAnswer>;

export interface Idempotency {
  /**
   * Carries out a request whose key is new. What fails leaves the key free, unless it is not known what became of it.
   * @throws KuraError invalid `idempotency.other-request`; conflict `idempotency.in-progress`, `idempotency.answer-lost`;
   * whatever `carryOut` throws
   */
  once(
    request: KeyedRequest,
    carryOut: () => Promise<KeptAnswer>,
  ): Promise<KeptAnswer & { readonly replayed: boolean }>;
}

export interface IdempotencyDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Pick<Secrets, 'seal' | 'open'>;
  readonly reportError: (error: unknown) => void;
}

const keptMs = DAY;
/** Whoever carries a request out for so long has been killed. */
const longestRunMs = 10 * MINUTE;
const longestAnswer = MIB;

export function createIdempotency({ database, clock, secrets, reportError }: IdempotencyDeps): Idempotency {
  async function again(first: KeyedRow, asked: string): Promise<KeptAnswer> {
    if (first.request_hash !== asked) throw new KuraError('invalid', 'idempotency.other-request');
    if (first.answer !== null) return keptAnswer.parse(JSON.parse(await secrets.open(placeOf(first), first.answer)));
    const runs = first.state === 'running' && clock.now() - Date.parse(first.begun_at) < longestRunMs;
    if (!runs) throw new KuraError('conflict', 'idempotency.answer-lost');
    throw new KuraError('conflict', 'idempotency.in-progress', { retryAfterMs: SECOND });
  }

  /** Sealing may fail as writing may. */
  async function keep(name: KeyedName, answer: KeptAnswer): Promise<void> {
    const text = JSON.stringify({ ...answer, headers: answer.headers.filter(([field]) => field !== 'set-cookie') });
    const kept = text.length <= longestAnswer ? secrets.seal(placeOf(name), text) : null;
    await endKey(database, name, { state: kept === null ? 'lost' : 'answered', answer: kept });
  }

  /** The request is over: what is said of it must not change when this cannot be written. */
  async function noted(work: Promise<void>): Promise<void> {
    await work.catch(reportError);
  }

  return {
    async once({ caller, key, asked }, carryOut) {
      const name: KeyedName = { caller, key_hash: sha256(key) };
      const now = nowInstant(clock);
      const expires_at = instant(new Date(clock.now() + keptMs));
      const request_hash = sha256(asked);
      const row = { ...name, request_hash, state: 'running', answer: null, begun_at: now, expires_at } as const;
      const first = await takeKey(database, row);
      if (first !== undefined) return { ...(await again(first, request_hash)), replayed: true };
      let answer: KeptAnswer;
      try {
        answer = await carryOut();
      } catch (error) {
        const end = isOpenEnded(error)
          ? endKey(database, name, { state: 'lost', answer: null })
          : freeKey(database, name);
        await noted(end);
        throw error;
      }
      await noted(keep(name, answer));
      return { ...answer, replayed: false };
    },
  };
}

/** Failures of the caller or of somebody we asked leave nothing behind; after others something may have been done. */
function isOpenEnded(error: unknown): boolean {
  const { kind, code } = toKuraError(error);
  return kind === 'internal' || code === 'db.commit-unknown';
}

function placeOf({ caller, key_hash }: KeyedName): string {
  return `idempotency_keys/${caller}/${key_hash}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
