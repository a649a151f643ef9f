/** What a request costs its sender (P-051), and what the answer says of it. */
import type { FastifyReply } from 'fastify';

import { KuraError, toKuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import { addressBlock, type Caller } from '#platform/access';
import type { RouteContract } from '#platform/contract';
import type { Charged, LimitedClass, RateLimits } from '#platform/rate-limits';

import type { Client } from './client.ts';

/** These are asked by people nobody knows yet, who wait for failures only: of what is right there is never too much. */
const guarded: ReadonlySet<string> = new Set<LimitedClass>(['login', 'password-reset']);

export interface RequestCharge {
  /** Finds out who calls, and charges them. @throws KuraError limit `http.too-many-requests`, or what `find` throws */
  identify(find: () => Promise<Caller | undefined>): Promise<Caller | undefined>;
  /** The request was answered, or failed with `error`. */
  settle(error?: unknown): Promise<void>;
}

interface Charging {
  readonly route: RouteContract;
  readonly client: Client;
  readonly reply: FastifyReply;
  readonly limits: RateLimits | undefined;
}

export function createRequestCharge({ route, client, reply, limits }: Charging): RequestCharge {
  const { limit } = route;
  if (limits === undefined || limit === 'none') return { identify: (find) => find(), settle: async () => undefined };
  const address = `address:${addressBlock(client.address ?? 'unknown')}`;
  let guess: Charged | undefined;

  async function charge(rateClass: LimitedClass, who: string): Promise<Charged | undefined> {
    const charged = await limits?.charge(rateClass, who);
    if (charged === undefined) return undefined;
    void reply.headers(charged.headers);
    if (charged.admitted) return charged;
    throw tooManyRequests(charged.retryAfterMs);
  }

  return {
    async identify(find) {
      if (guarded.has(limit)) {
        guess = await charge(limit, address);
        return find();
      }
      try {
        const caller = await find();
        await charge(limit, caller === undefined ? address : callerName(caller));
        return caller;
      } catch (error) {
        // Credentials that do not hold are nobody's.
        if (toKuraError(error).kind === 'unauthenticated') await charge('api', address);
        throw error;
      }
    },
    async settle(error) {
      // What was written wrongly was no guess.
      if (error === undefined || toKuraError(error).kind === 'invalid') await guess?.giveBack();
    },
  };
}

export function tooManyRequests(retryAfterMs: number): KuraError {
  const seconds = Math.ceil(retryAfterMs / SECOND);
  return new KuraError('limit', 'http.too-many-requests', { params: { seconds }, retryAfterMs });
}

/** Several sessions of one account are one caller; its keys are programs of their own. */
export function callerName({ keyId, kind, id }: Caller): string {
  return keyId === undefined ? `${kind}:${id}` : `key:${keyId}`;
}
