/**
 * `--server URL`: the same contracts over HTTP, with the API key of the environment, else the one `kura login` got from
 * this server, else the admin token of the environment, or of the local data directory where the server is its own.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import type { Globals } from '#platform/cli';
import { loadConfig, resolveHome } from '#platform/config';
import { type ApiClient, createApiClient } from '#platform/contract';
import { createOutboundClient, type OutboundAnswer, openEgress } from '#platform/outbound';

import type { ConnectOptions } from './connect-options.ts';
import { isOwnServer } from './own-server.ts';
import { readServerLogin } from './server-logins.ts';

/** So long at most waits a request that counts per minute. */
const longestWaitSeconds = 60;
const maxAnswerBytes = 64 * 1024 * 1024;

export type RemoteClient = Pick<ApiClient, 'call'> & AsyncDisposable;

export function connectRemote(server: string, options: ConnectOptions): RemoteClient {
  const base = parseServer(server);
  return openClient(base, options, token(base, options));
}

/** To log in: nothing that opens anything is sent along. */
export function connectAsNobody(server: string, options: RemoteOptions): RemoteClient {
  return openClient(parseServer(server), options, Promise.resolve(undefined));
}

/** With this key and no other credential. */
export function connectWithKey(server: string, options: RemoteOptions, key: string): RemoteClient {
  return openClient(parseServer(server), options, Promise.resolve(key));
}

type RemoteOptions = Pick<ConnectOptions, 'signal'> & { readonly globals: Pick<Globals, 'language'> };

function openClient(base: URL, options: RemoteOptions, bearer: Promise<string | undefined>): RemoteClient {
  // The person at the keyboard named this server, so private addresses are fine.
  const outbound = createOutboundClient(openEgress);
  const client = bearer.then((secret) =>
    createApiClient(
      async ({ method, path, body, headers, signal }) => {
        const until = signal ?? options.signal;
        const url = new URL(path, base).href;
        const request = { method, url, headers, ...(body === undefined ? {} : { body }) };
        const answer = await patiently(
          () => outbound.send({ ...request, maxBodyBytes: maxAnswerBytes, signal: until }),
          until,
        );
        return { status: answer.status, body: answer.body };
      },
      {
        'x-kura-language': options.globals.language,
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      },
    ),
  );
  return {
    call: async (route, input) => (await client).call(route, input),
    [Symbol.asyncDispose]: () => outbound[Symbol.asyncDispose](),
  };
}

/** What was refused for its number was not carried out; so a script that asks much waits instead of failing. */
async function patiently(send: () => Promise<OutboundAnswer>, signal: AbortSignal): Promise<OutboundAnswer> {
  const answer = await send();
  const seconds = Number(answer.headers['retry-after']);
  // A wait that no rate limit of requests would ask for is for people to know of.
  if (answer.status !== 429 || !(seconds <= longestWaitSeconds)) return answer;
  await setTimeout(seconds * SECOND, undefined, { signal });
  return patiently(send, signal);
}

/** @throws KuraError invalid `app.server-url` */
export function parseServer(server: string): URL {
  const url = URL.parse(server);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new KuraError('invalid', 'app.server-url', { params: { server } });
  return url;
}

async function token(base: URL, { globals, environment }: ConnectOptions): Promise<string | undefined> {
  const key = environment['KURA_API_KEY'];
  if (key !== undefined && key !== '') return key;
  const home = resolveHome(globals.home, environment);
  const { config } = loadConfig({ home, environment });
  const login = await readServerLogin(home, config.master.key, base);
  if (login !== undefined) return login.secret;
  if (config.admin.token !== undefined) return config.admin.token;
  // Whoever runs another server must not learn what opens this one.
  if (!isOwnServer(base, config)) return undefined;
  return readFile(join(home, 'run', 'admin-token'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}
