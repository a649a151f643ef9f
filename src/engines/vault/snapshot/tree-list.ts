/** A snapshot's file list: one JSON object per line, in walking order, stored as content like any file. */
import { hash } from 'node:crypto';

import { isKuraError } from '#kernel/errors';
import { KIB } from '#kernel/units';
import type { BlobId } from '../format/blob.ts';
import { type BytePath, comparePaths } from '../format/byte-path.ts';
import { type ContentContext, openPieces } from '../format/content.ts';
import { createCutWriter } from '../format/content-writer.ts';
import { createInlineSession } from '../objects/blob-session.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { type Content, decodeEntry, encodeEntry, type TreeEntry } from './tree-entry.ts';

export interface TreeListWriter extends AsyncDisposable {
  /**
   * @param line of the entry, when it is at hand as `encodeEntry` would give it.
   * @returns what has to be waited for, if anything: most entries are only noted
   */
  add(entry: TreeEntry, line?: string): Promise<void> | undefined;
  finish(): Promise<Content>;
}

/** Lines are handed on together: each by itself would cost more than it is long. */
const LINES_BYTES = 256 * KIB;

/** Cut by content: what a list has in common with the one before is stored once. */
export function createTreeListWriter(context: VaultContext, store: BlobStore, signal: AbortSignal): TreeListWriter {
  const session = createInlineSession(context.codec);
  const writer = createCutWriter({ store, session, signal, cutter: context.codec.listCutter });
  let lines: string[] = [];
  let length = 0;

  async function handOn(): Promise<void> {
    const text = new TextEncoder().encode(lines.join(''));
    lines = [];
    length = 0;
    await writer.add(text);
  }

  return {
    add(entry, line = encodeEntry(entry)) {
      lines.push(line, '\n');
      length += line.length + 1;
      return length >= LINES_BYTES ? handOn() : undefined;
    },
    async finish() {
      await handOn();
      return await writer.finish();
    },
    async [Symbol.asyncDispose]() {
      await writer[Symbol.asyncDispose]();
      session[Symbol.dispose]();
    },
  };
}

/** Entries in order. @throws KuraError as `readContent`, and mismatch `vault.list-damaged`. */
export async function* readTreeList(
  context: ContentContext,
  store: BlobStore,
  list: Content,
  signal: AbortSignal,
): AsyncGenerator<TreeEntry> {
  for await (const lines of linesOf(context, store, list, { signal })) yield* lines.map(decodeEntry);
}

/** As `readTreeList`, as they are written, some at a time. */
export function readLines(
  context: ContentContext,
  store: BlobStore,
  list: Content,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  return linesOf(context, store, list, { signal });
}

/**
 * What each piece of a list left over for the next one: the beginning of a line. Snapshots have most pieces of their lists in
 * common, and decoding a line takes longer than reading it.
 */
export class WalkedPieces {
  readonly #leftOver = new Map<string, Buffer<ArrayBuffer>>();

  /** By the piece and what the one before it left over: both together say which lines there are. */
  static key(id: BlobId, before: Uint8Array): string {
    return before.byteLength === 0 ? id : `${id} ${hash('sha256', before)}`;
  }

  after(key: string): Buffer<ArrayBuffer> | undefined {
    return this.#leftOver.get(key);
  }

  note(key: string, leftOver: Buffer): void {
    this.#leftOver.set(key, Buffer.from(leftOver));
  }
}

/** As `readTreeList`, without the entries of pieces that were walked to their end before, whose bytes are proven all the same. */
export async function* readNewEntries(
  context: ContentContext,
  store: BlobStore,
  list: Content,
  options: { readonly walked: WalkedPieces; readonly signal: AbortSignal },
): AsyncGenerator<TreeEntry> {
  for await (const lines of linesOf(context, store, list, options)) yield* lines.map(decodeEntry);
}

/** Only the files of at least so many bytes: a long list is passed over without being decoded. */
export async function* readLargeFiles(
  context: ContentContext,
  store: BlobStore,
  list: Content,
  { atLeast, signal }: { readonly atLeast: number; readonly signal: AbortSignal },
): AsyncGenerator<TreeEntry> {
  for await (const lines of linesOf(context, store, list, { signal })) {
    // In a name the quotation mark would be escaped.
    for (const line of lines) if (Number(/"size":(\d+)/.exec(line)?.[1] ?? 0) >= atLeast) yield decodeEntry(line);
  }
}

async function* linesOf(
  { codec, workers }: ContentContext,
  store: BlobStore,
  list: Content,
  { walked, signal }: { readonly walked?: WalkedPieces; readonly signal: AbortSignal },
): AsyncGenerator<readonly string[]> {
  // In this thread: the chunks of a list are small, and a thread that is started only for them costs more than they do.
  using session = createInlineSession(codec);
  let rest = Buffer.alloc(0);
  let piece = 0;
  for await (const chunk of openPieces({ session, store, memory: workers.memory, whole: true }, list, signal)) {
    const id = list.chunks[piece]?.id;
    const key = walked === undefined || id === undefined ? undefined : WalkedPieces.key(id, rest);
    piece += 1;
    const known = key === undefined ? undefined : walked?.after(key);
    if (known !== undefined) {
      rest = known;
      continue;
    }
    const text = Buffer.concat([rest, chunk]);
    const end = text.lastIndexOf(0x0a);
    rest = text.subarray(end + 1);
    // All at once: each by itself takes five times as long.
    if (end !== -1) yield text.toString('utf8', 0, end).split('\n');
    if (key !== undefined) walked?.note(key, rest);
  }
  if (rest.length > 0) yield [rest.toString('utf8')];
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
