/** A snapshot's file list: one JSON object per line, in walking order, stored as content like any file. */
import { isKuraError } from '#kernel/errors';

import type { BlobStore } from './blob-store.ts';
import { type BytePath, comparePaths } from './byte-path.ts';
import { type ContentWriter, createContentWriter, readContent } from './content.ts';
import { type Content, decodeEntry, encodeEntry, type TreeEntry } from './tree-entry.ts';
import { sessionFor, type VaultContext } from './vault-context.ts';

export interface TreeListWriter extends Disposable {
  add(entry: TreeEntry): Promise<void>;
  finish(): Promise<Content>;
}

export function createTreeListWriter(context: VaultContext, store: BlobStore, signal: AbortSignal): TreeListWriter {
  const { chunkBytes } = context.config;
  const session = sessionFor(context, chunkBytes);
  const writer = createContentWriter(store, session, signal);
  let lines: Buffer[] = [];
  let length = 0;
  return {
    async add(entry) {
      const line = Buffer.from(`${encodeEntry(entry)}\n`);
      lines.push(line);
      length += line.length;
      if (length < chunkBytes) return;
      const rest = await writeFullChunks(writer, Buffer.concat(lines), chunkBytes);
      lines = [rest];
      length = rest.length;
    },
    async finish() {
      if (length > 0) await writer.add(ownCopy(Buffer.concat(lines)));
      return writer.finish();
    },
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}

/** Entries in order. @throws KuraError as `readContent`, and mismatch `vault.list-damaged`. */
export async function* readTreeList(
  context: Pick<VaultContext, 'codec' | 'workers'>,
  store: BlobStore,
  list: Content,
  signal: AbortSignal,
): AsyncGenerator<TreeEntry> {
  let rest = Buffer.alloc(0);
  for await (const chunk of readContent(context, store, list, signal)) {
    const text = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = text.indexOf(0x0a); end !== -1; end = text.indexOf(0x0a, start)) {
      yield decodeEntry(text.toString('utf8', start, end));
      start = end + 1;
    }
    rest = text.subarray(start);
  }
  if (rest.length > 0) yield decodeEntry(rest.toString('utf8'));
}

export interface PathLookup {
  /** The entry at `path`, or undefined. Paths must be asked for in walking order. */
  at(path: BytePath): Promise<TreeEntry | undefined>;
  close(): Promise<void>;
}

/**
 * Looks paths up in a list while it streams by: two trees are compared without holding either in memory. A list that
 * turns out to be damaged ends there; what comes after it counts as new.
 */
export function createPathLookup(entries: AsyncGenerator<TreeEntry>): PathLookup {
  let current: TreeEntry | undefined;
  let ended = false;

  async function advance(): Promise<void> {
    const next = await entries.next().catch((error: unknown) => {
      if (!isKuraError(error)) throw error;
      return { done: true, value: undefined } as const;
    });
    ended = next.done === true;
    current = next.done === true ? undefined : next.value;
  }

  return {
    async at(path) {
      while (!ended && (current === undefined || comparePaths(current.path, path) < 0)) await advance();
      return current !== undefined && comparePaths(current.path, path) === 0 ? current : undefined;
    },
    async close() {
      ended = true;
      await entries.return(undefined);
    },
  };
}

async function writeFullChunks(writer: ContentWriter, bytes: Buffer, chunkBytes: number): Promise<Buffer> {
  let start = 0;
  for (; bytes.length - start >= chunkBytes; start += chunkBytes) {
    await writer.add(ownCopy(bytes.subarray(start, start + chunkBytes)));
  }
  return bytes.subarray(start);
}

function ownCopy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
