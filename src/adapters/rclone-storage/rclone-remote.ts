/** What rclone is asked for, in terms of one remote (https://rclone.org/rc/). */
import { posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import { objectMissing, objectTruncated, storageUnreachable } from '#engines/vault';

import type { RcloneDaemon, RcloneDeps } from './rclone-daemon.ts';

interface Answer<T> {
  readonly schema: z.ZodType<T>;
  /** When the remote has no such thing; without it that is a failure. */
  readonly absent?: T;
}

export interface RcloneRemote {
  /** Whether it can give a file another name without sending it again. */
  canRename(signal?: AbortSignal): Promise<boolean>;
  ask<T>(command: string, input: object, schema: Answer<T>, signal?: AbortSignal): Promise<T>;
  read(
    key: string,
    range: { readonly offset: number; readonly length: number } | undefined,
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
  upload(key: string, value: Uint8Array, signal?: AbortSignal): Promise<void>;
  rename(from: string, to: string, signal?: AbortSignal): Promise<void>;
}

const infoSchema = z.object({ Features: z.object({ Move: z.boolean() }) });
const RENAMES = 8;
/** Those who replace one name at the same moment must not try again at the same moment. */
const RENAME_PAUSE_MS = 25;
const json = { 'content-type': 'application/json' };

export function createRcloneRemote(daemon: RcloneDaemon, { place, random }: RcloneDeps): RcloneRemote {
  const fs = place.remote;
  let renames: Promise<boolean> | undefined;

  async function ask<T>(
    command: string,
    input: object,
    { schema, absent }: Answer<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { status, body } = await daemon.send({
      path: command,
      headers: json,
      body: JSON.stringify({ fs, ...input }),
      signal,
    });
    if (status === 404 && absent !== undefined) return absent;
    const answer = schema.safeParse(parsed(body));
    if (status === 404 || !answer.success)
      throw storageUnreachable({ location: place.location }, `${command}: HTTP ${status}`);
    return answer.data;
  }

  async function rename(from: string, to: string, signal?: AbortSignal): Promise<void> {
    const input = { srcFs: fs, srcRemote: from, dstFs: fs, dstRemote: to };
    // What is there already is replaced even where it looks the same by size and time.
    const body = JSON.stringify({ ...input, _config: { IgnoreTimes: true } });
    for (let attempt = 1; ; attempt += 1) {
      const { status } = await daemon.send({ path: 'operations/movefile', headers: json, body, signal });
      if (status < 300) return;
      // Somebody else replaced it at the same moment, and had it deleted when rclone wanted to.
      if (attempt === RENAMES) throw storageUnreachable({ location: place.location }, 'operations/movefile: HTTP 404');
      const [chance = 0] = random.bytes(1);
      await sleep((attempt * RENAME_PAUSE_MS * (1 + chance)) / 256, undefined, { signal });
    }
  }

  return {
    ask,
    async canRename(signal) {
      renames ??= ask('operations/fsinfo', {}, { schema: infoSchema }, signal).then(({ Features }) => Features.Move);
      return await renames.catch((error: unknown) => {
        renames = undefined;
        throw error;
      });
    },
    async read(key, range, signal) {
      const headers = range === undefined ? {} : { range: `bytes=${range.offset}-${range.offset + range.length - 1}` };
      const path = [`[${fs}]`, ...key.split('/')].map(encodeURIComponent).join('/');
      const { status, body } = await daemon.send({ method: 'GET', path, headers, signal });
      if (status === 404) throw objectMissing(key);
      if (status === 416 || (range !== undefined && body.byteLength !== range.length)) throw objectTruncated(key);
      // In a buffer of its own, which can be handed to another thread.
      return body.byteLength === body.buffer.byteLength ? body : new Uint8Array(body);
    },
    async upload(key, value, signal) {
      const folder = posix.dirname(key);
      const query = new URLSearchParams({ fs, remote: folder === '.' ? '' : folder });
      const { headers, body } = formWith(posix.basename(key), value, Buffer.from(random.bytes(16)).toString('hex'));
      const path = `operations/uploadfile?${query.toString().replaceAll('+', '%20')}`;
      await daemon.send({ path, headers, body, signal });
    },
    rename,
  };
}

/** One file as a browser would send it (RFC 7578). */
function formWith(name: string, value: Uint8Array, boundary: string) {
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="file"; filename="${name}"`,
    'Content-Type: application/octet-stream',
  ].join('\r\n');
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(`${head}\r\n\r\n`), value, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}
