/** Binds the CivitAI client to Kura's one outgoing client: the same egress rules, the configured address and token. */
import { type Account, type CivitaiClient, createCivitaiClient, createPace } from '#engines/civitai';
import type { SourceAddress } from '#engines/transfer';
import type { Clock, Random } from '#kernel/clock';
import { SECOND } from '#kernel/units';
import type { ModelSource } from '#models/ports';
import type { Logger } from '#platform/log';
import type { OutboundAnswer, OutboundClient } from '#platform/outbound';

import type { CivitaiCalls } from './civitai-calls.ts';
import { paceInterval } from './pace-interval.ts';

export interface CivitaiSourceOptions {
  /** `civitai.url` of the configuration. */
  readonly url: string;
  readonly token: string | undefined;
  /** Milliseconds between two requests; asked for each, so that a changed setting counts at once. */
  readonly paceMs: () => number;
  /** What the calls of this process share; default: a pace of this source's own and nothing else. */
  readonly calls?: CivitaiCalls;
  readonly outbound: Pick<OutboundClient, 'send'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Words of browsers in it would change the server's answers (civitai-api.md §4.2). */
const userAgent = 'Kura/1';

/** @throws KuraError `civitai.base-url-invalid`. */
export function createCivitaiSource(options: CivitaiSourceOptions): ModelSource {
  const { token } = options;
  const client = clientOf(options);
  const site = new URL(client.siteUrl);

  function address(target: string): SourceAddress {
    const mayCarryToken = token !== undefined && client.tokenUse === 'sent' && new URL(target).origin === site.origin;
    return {
      url: target,
      headers: { 'user-agent': userAgent, ...(mayCarryToken ? { authorization: `Bearer ${token.trim()}` } : {}) },
    };
  }

  return {
    siteUrl: client.siteUrl,
    refHosts: [site.host],
    modelPages: (query, signal, options = {}) => client.with(options).modelPages(query, signal),
    model: async (id, signal, options = {}) => client.with(options).model(id, signal),
    version: async (id, signal, options = {}) => client.with(options).version(id, signal),
    versionByHash: async (digest, signal, options = {}) => client.with(options).versionByHash(digest, signal),
    enums: async (signal, options = {}) => client.with(options).enums(signal),
    imagePages: (query, signal, options = {}) => client.with(options).imagePages(query, signal),
    fileAddress: (version, file) => address(client.downloadUrl(version, file)),
    sentAddress: address,
  };
}

/**
 * Whose token it is: the only way to tell a token that holds from one that is taken for nobody.
 * @throws KuraError unauthenticated when the site does not know the token
 */
export async function readCivitaiAccount(options: CivitaiSourceOptions, signal: AbortSignal): Promise<Account> {
  return clientOf(options).me(signal);
}

function clientOf(options: CivitaiSourceOptions): CivitaiClient {
  const { url, token, clock, random, outbound, logger, paceMs, calls } = options;
  return createCivitaiClient({
    baseUrl: url,
    ...(token === undefined ? {} : { token }),
    transport: {
      send: async (request) => withoutNul(await tellSlowness(request.url, calls, async () => outbound.send(request))),
    },
    clock,
    random,
    userAgent,
    pace: createPace({ clock, intervalMs: paceInterval(paceMs) }),
    ...calls,
    ...(calls === undefined ? {} : { limits: { budgetMs: calls.patienceMs } }),
    onRequest: (entry) => {
      calls?.onRequest(entry);
      logger.debug('civitai.request', { ...entry });
    },
  });
}

/** Somebody who waits for more than a second learns for what. */
async function tellSlowness<Answer>(
  url: string,
  calls: CivitaiCalls | undefined,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  if (calls === undefined) return ask();
  const { host } = new URL(url);
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    calls.onWait({ host, cause: 'answer', ms: seconds * SECOND });
  }, SECOND);
  try {
    return await ask();
  } finally {
    clearInterval(timer);
  }
}

/** An escaped NUL, after any number of escaped backslashes. */
const escapedNul = /(?<!\\)((?:\\\\)*)\\u0000/g;

/** Strangers can put NUL into names; PostgreSQL cannot store it, and nobody can see it. */
function withoutNul(answer: OutboundAnswer): OutboundAnswer {
  if (!answer.body.includes('\\u0000')) return answer;
  return { ...answer, body: answer.body.replaceAll(escapedNul, '$1') };
}
