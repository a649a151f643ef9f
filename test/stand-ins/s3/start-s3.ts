import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import S3rver from '@20minutes/s3rver';

import { createObjectLock } from './object-lock.ts';
import { replaceDes } from './without-des.ts';

export const s3Credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

export interface S3Server extends AsyncDisposable {
  readonly port: number;
  readonly bucket: string;
  /** Requests so far, as `METHOD /path?query`. */
  readonly seen: string[];
  /** Answers to give instead of carrying the next requests out; undefined carries one out. */
  readonly failures: (number | undefined)[];
}

export async function startS3(): Promise<S3Server> {
  replaceDes();
  const directory = await mkdtemp(path.join(tmpdir(), 'kura-s3-'));
  const bucket = 'backups';
  const store = new S3rver({ directory, silent: true, configureBuckets: [{ name: bucket, configs: [] }] });
  await store.configureBuckets();
  const handle = store.callback();
  const lock = createObjectLock();
  const seen: string[] = [];
  const failures: (number | undefined)[] = [];
  const turns = new Map<string, Promise<void>>();

  function answer(request: IncomingMessage, response: ServerResponse): void {
    seen.push(`${request.method} ${request.url}`);
    const failure = failures.shift();
    if (failure !== undefined) {
      // Who is turned away while sending has to be let finish, or learns of a broken pipe only.
      request.resume().once('end', () => response.writeHead(failure).end());
      return;
    }
    if (!lock.answers(request, response)) inTurn(request, response);
  }

  /** A real store replaces objects in one step; this one does not, so nobody may look meanwhile. */
  function inTurn(request: IncomingMessage, response: ServerResponse): void {
    const object = request.url?.split('?')[0] ?? '';
    const before = turns.get(object) ?? Promise.resolve();
    const after = Promise.withResolvers<void>();
    turns.set(object, after.promise);
    response.once('close', after.resolve);
    void before.then(() => handle(request, response));
  }

  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    bucket,
    seen,
    failures,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
