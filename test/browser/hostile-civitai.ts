/** The simulator as a site that somebody took over: every text people could have written there is an attack. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { hostileTexts } from '#stand-ins/hostile-texts';

export interface HostileCivitai extends AsyncDisposable {
  readonly url: string;
  /** The site whose answers are changed. */
  upstream: string;
}

/** What a creator, a commenter or a thief of the site may have written. */
const written = new Set(['name', 'description', 'username', 'tags', 'trainedWords', 'prompt', 'baseModel', 'message']);

export async function startHostileCivitai(): Promise<HostileCivitai> {
  let count = 0;
  function hostile(value: string): string {
    count += 1;
    return `${value} ${hostileTexts[count % hostileTexts.length] ?? ''}`;
  }
  function changed(value: unknown, key: string): unknown {
    if (Array.isArray(value)) return value.map((one) => changed(one, key));
    if (typeof value === 'string') return written.has(key) ? hostile(value) : value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, changed(inner, name)]));
  }

  const site = { upstream: '' };
  const server = createServer((request, response) => {
    void answer(request.url ?? '/').then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.destroy(),
    );
  });
  async function answer(path: string) {
    const answered = await fetch(new URL(path, site.upstream), { redirect: 'manual' });
    const type = answered.headers.get('content-type') ?? 'text/plain';
    const text = await answered.text();
    const body = type.includes('json') ? JSON.stringify(changed(JSON.parse(text), '')) : text;
    return { status: answered.status, type, body };
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(site, {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}
