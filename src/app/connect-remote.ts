/**
 * `--server URL`: the same contracts over HTTP, with the API key of the environment, or the admin token of the
 * environment or the local data directory.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import { loadConfig, resolveHome } from '#platform/config';
import { type ApiClient, createApiClient } from '#platform/contract';
import { createOutboundClient, type OutboundAnswer, openEgress } from '#platform/outbound';

import type { ConnectOptions } from './connect-options.ts';

/** So long at most waits a request that counts per minute. */
const longestWaitSeconds = 60;
const maxAnswerBytes = 64 * 1024 * 1024;

export function connectRemote(server: string, options: ConnectOptions): Pick<ApiClient, 'call'> & AsyncDisposable {
  const base = parseServer(server);
  // The person at the keyboard named this server, so private addresses are fine.
  const outbound = createOutboundClient(openEgress);
  const client = token(options).then((bearer) =>
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
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
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

function parseServer(server: string): URL {
  const url = URL.parse(server);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new KuraError('invalid', 'app.server-url', { params: { server } });
  return url;
}

async function token({ globals, environment }: ConnectOptions): Promise<string | undefined> {
  const key = environment['KURA_API_KEY'];
  if (key !== undefined && key !== '') return key;
  const home = resolveHome(globals.home, environment);
  const { config } = loadConfig({ home, environment });
  if (config.admin.token !== undefined) return config.admin.token;
  return readFile(join(home, 'run', 'admin-token'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}
