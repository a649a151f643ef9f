import { z } from 'zod';

import { objectMissing, objectTruncated, requireKey, type StoredItem, type VaultStorage } from '#engines/vault';

import { createRcloneDaemon, type RcloneDeps } from './rclone-daemon.ts';
import { createRcloneRemote } from './rclone-remote.ts';

export type RcloneStorage = VaultStorage & AsyncDisposable;

/** Half-written values live here on remotes that can rename. */
const UNFINISHED = 'tmp';

const listSchema = z.object({ list: z.array(z.object({ Path: z.string(), Size: z.number(), IsDir: z.boolean() })) });
const statSchema = z.object({ item: z.object({ Size: z.number() }).nullable() });
const aboutSchema = z.object({ free: z.number().optional() });

/**
 * A repository on any remote of rclone's. Where the remote can rename, a value is uploaded to `tmp/` and renamed, and one that
 * is replaced is gone for a moment; where it cannot, the remote is an object store, which shows uploads when they are
 * complete.
 */
export function createRcloneStorage(deps: RcloneDeps): RcloneStorage {
  const { place, random } = deps;
  const daemon = createRcloneDaemon(deps);
  const remote = createRcloneRemote(daemon, deps);

  return {
    location: place.location,
    async *list(prefix, signal) {
      const opt = { recurse: true, noModTime: true, noMimeType: true };
      const folder = prefix.replace(/\/$/, '');
      const { list } = await remote.ask(
        'operations/list',
        { remote: folder, opt },
        { schema: listSchema, absent: { list: [] } },
        signal,
      );
      const files = list.filter(({ IsDir, Path }) => !IsDir && !Path.startsWith(`${UNFINISHED}/`));
      yield* files.map(({ Path, Size }): StoredItem => ({ key: Path, size: Size }));
    },
    async read(key, { range, signal } = {}) {
      signal?.throwIfAborted();
      requireKey(key);
      if (range?.length === 0) {
        const { item } = await remote.ask('operations/stat', { remote: key }, { schema: statSchema }, signal);
        if (item === null) throw objectMissing(key);
        if (range.offset > item.Size) throw objectTruncated(key);
        return new Uint8Array();
      }
      return await remote.read(key, range, signal);
    },
    async write(key, value, signal) {
      signal?.throwIfAborted();
      requireKey(key);
      if (!(await remote.canRename(signal))) return await remote.upload(key, value, signal);
      const unfinished = `${UNFINISHED}/${Buffer.from(random.bytes(12)).toString('hex')}`;
      await remote.upload(unfinished, value, signal);
      await remote.rename(unfinished, key, signal);
    },
    async remove(key, signal) {
      signal?.throwIfAborted();
      requireKey(key);
      await remote.ask('operations/deletefile', { remote: key }, { schema: z.unknown(), absent: null }, signal);
    },
    // rclone has nothing of the kind: how lasting a name is, the remote decides.
    async sync() {},
    async freeBytes(signal) {
      const facts = await remote.ask('operations/about', {}, { schema: aboutSchema }, signal).catch(() => undefined);
      signal?.throwIfAborted();
      return facts?.free;
    },
    async discardUnfinished(signal) {
      await remote.ask('operations/purge', { remote: UNFINISHED }, { schema: z.unknown(), absent: null }, signal);
    },
    [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose](),
  };
}
