/**
 * `index/ID`: directories of many packs in one place, so that listing a repository does not read the end of every pack. A
 * cache, and never believed: a directory counts only when its hash is the name of a pack that is there with the length it
 * had. What the index does not know, or no longer knows rightly, is read from the packs; deleting `index/` costs time only.
 *
 * Plaintext: for each pack its id (32 bytes), its length (u32 LE), the number of its blobs (u32 LE), and its directory.
 */
import { isKuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { type BlobCodec, type BlobId, blobId } from '../format/blob.ts';
import { ENTRY_BYTES, type WrittenPack } from '../format/pack.ts';
import type { VaultStorage } from '../storage/storage.ts';

export interface PackIndex {
  /** The directory of the pack, or undefined when it has to be read from the pack. */
  directoryOf(pack: { readonly id: BlobId; readonly size: number }): Uint8Array | undefined;
}

interface Section {
  readonly size: number;
  readonly directory: Uint8Array;
}

export const INDEX_PREFIX = 'index/';
const HEAD_BYTES = 40;
/** Fewer are read faster from the packs than they are worth a file. */
const WORTH_A_FILE = 32;
/** A file of the index stays small enough to be read at once. */
const FULL_BYTES = 16 * MIB;

export const emptyPackIndex: PackIndex = { directoryOf: () => undefined };

/** Whatever in it is lost or damaged is as if it had never been there. */
export async function readPackIndex(storage: VaultStorage, codec: BlobCodec, signal?: AbortSignal): Promise<PackIndex> {
  const sections = new Map<string, Section>();
  for await (const { key } of storage.list(INDEX_PREFIX, signal)) {
    const plain = await readIndexFile(storage, codec, key, signal);
    if (plain !== undefined) addSections(sections, plain);
  }
  return {
    directoryOf({ id, size }) {
      const section = sections.get(id);
      if (section?.size !== size || codec.idOf(section.directory) !== id) return undefined;
      return section.directory;
    },
  };
}

export interface PackIndexWriter {
  /** Notes a pack that no file of the index knows. */
  add(pack: Omit<WrittenPack, 'key'>): void;
  /** Writes what was noted when it is worth it. Only the holder of the writer lock may call it. */
  flush(signal?: AbortSignal): Promise<void>;
}

export function createPackIndexWriter(storage: VaultStorage, codec: BlobCodec): PackIndexWriter {
  let noted: Omit<WrittenPack, 'key'>[] = [];

  async function writeFile(packs: readonly Omit<WrittenPack, 'key'>[], signal: AbortSignal | undefined): Promise<void> {
    const plain = Buffer.concat(packs.flatMap((pack) => [headOf(pack), pack.directory]));
    const id = codec.idOf(plain);
    await storage.write(`${INDEX_PREFIX}${id}`, codec.seal('index', id, plain), signal);
  }

  return {
    add: (pack) => void noted.push(pack),
    async flush(signal) {
      if (noted.length < WORTH_A_FILE) return;
      const packs = noted;
      noted = [];
      for (let start = 0; start < packs.length; ) {
        let end = start;
        for (let bytes = 0; end < packs.length && bytes < FULL_BYTES; end += 1) {
          bytes += HEAD_BYTES + (packs[end]?.directory.byteLength ?? 0);
        }
        await writeFile(packs.slice(start, end), signal);
        start = end;
      }
    },
  };
}

async function readIndexFile(
  storage: VaultStorage,
  codec: BlobCodec,
  key: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  const name = /^index\/([0-9a-f]{64})$/.exec(key)?.[1];
  if (name === undefined) return undefined;
  try {
    return codec.open('index', blobId(name), await storage.read(key, signal === undefined ? {} : { signal }));
  } catch (error) {
    if (isKuraError(error) && (error.kind === 'mismatch' || error.kind === 'not-found')) return undefined;
    throw error;
  }
}

function addSections(sections: Map<string, Section>, plain: Uint8Array): void {
  const view = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
  for (let at = 0; at + HEAD_BYTES <= view.byteLength; ) {
    const start = at + HEAD_BYTES;
    const end = start + view.readUInt32LE(at + 36) * ENTRY_BYTES;
    sections.set(view.toString('hex', at, at + 32), {
      size: view.readUInt32LE(at + 32),
      directory: plain.subarray(start, end),
    });
    at = end;
  }
}

function headOf(pack: Omit<WrittenPack, 'key'>): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(pack.id, 0, 'hex');
  head.writeUInt32LE(pack.size, 32);
  head.writeUInt32LE(pack.directory.byteLength / ENTRY_BYTES, 36);
  return head;
}
