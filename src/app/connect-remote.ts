/**
 * `--server URL`: the same contracts over HTTP, with the API key of the environment, or the admin token of the
 * environment or the local data directory.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { KuraError } from '#kernel/errors';
import { loadConfig, resolveHome } from '#platform/config';
import { type ApiClient, createApiClient } from '#platform/contract';
import { createOutboundClient, openEgress } from '#platform/outbound';

import type { ConnectOptions } from './connect-options.ts';

const maxAnswerBytes = 64 * 1024 * 1024;

export function connectRemote(server: string, options: ConnectOptions): Pick<ApiClient, 'call'> & AsyncDisposable {
  const base = parseServer(server);
  // The person at the keyboard named this server, so private addresses are fine.
  const outbound = createOutboundClient(openEgress);
  const client = token(options).then((bearer) =>
    createApiClient(
      async ({ method, path, body, headers, signal }) => {
        const answer = await outbound.send({
          method,
          url: new URL(path, base).href,
          headers,
          ...(body === undefined ? {} : { body }),
          maxBodyBytes: maxAnswerBytes,
          signal: signal ?? options.signal,
        });
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
