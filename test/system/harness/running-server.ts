/** `kura serve` on a free port, and requests to it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { serveStarted } from './answers.ts';
import type { KuraHome } from './kura-home.ts';
import { describe, type KuraOptions, type KuraProcess, type KuraResult, within } from './kura-process.ts';

export interface RunningServer extends AsyncDisposable {
  readonly process: KuraProcess;
  readonly url: string;
  readonly loginLink: string;
  /** A request with the local admin token. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A request without any credentials unless `headers` carry some. */
  send(method: string, path: string, options?: RequestOptions): Promise<Response>;
  /** SIGTERM; resolves when the process has ended. */
  stop(): Promise<KuraResult>;
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const stopsWithinMs = 20_000;

export async function startServer(home: KuraHome, options: KuraOptions = {}): Promise<RunningServer> {
  await using starting = new AsyncDisposableStack();
  const kura = starting.use(home.start(['serve', '--port', '0', '--json'], options));
  const line = await kura.line((text) => text.includes('"started"'));
  if (line === undefined) assert.fail(`the server did not start: ${describe(await kura.result)}`);
  const { url, loginLink } = serveStarted.parse(JSON.parse(line));
  const token = (await readFile(join(home.path, 'run', 'admin-token'), 'utf8')).trim();

  function send(method: string, path: string, { body, headers = {} }: RequestOptions = {}): Promise<Response> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(`${url}${path}`, {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  const owned = starting.move();
  return {
    process: kura,
    url,
    loginLink,
    send,
    async ask(method, path, body) {
      const answer = await send(method, path, { body, headers: { authorization: `Bearer ${token}` } });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? undefined : z.json().parse(JSON.parse(text)) };
    },
    stop() {
      kura.kill('SIGTERM');
      return within(stopsWithinMs, kura);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
