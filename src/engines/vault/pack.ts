/**
 * A pack: sealed blobs back to back, then their directory (itself a sealed blob, 36 bytes per entry: id, stored length
 * as u32 LE), then the directory's stored length (u32 LE) and "KVPK". The pack is named by the directory's id, so it
 * describes itself and needs no index.
 */
import { KuraError } from '#kernel/errors';
import { KIB, MIB } from '#kernel/units';

import { type BlobCodec, type BlobId, blobId, ENVELOPE_BYTES } from './blob.ts';
import type { VaultStorage } from './storage.ts';

interface PackedBlob {
  readonly id: BlobId;
  readonly sealed: Uint8Array;
}

export interface PackDirectoryEntry {
  readonly id: BlobId;
  readonly offset: number;
  readonly length: number;
}

const TRAILER_MAGIC = Buffer.from('KVPK');
const TRAILER_BYTES = 8;
const ENTRY_BYTES = 36;
/** One read usually gets the whole directory. */
const TAIL_BYTES = 64 * KIB;
const PACK_TARGET = 16 * MIB;

function buildPack(
  codec: BlobCodec,
  blobs: readonly PackedBlob[],
): { readonly id: BlobId; readonly bytes: Uint8Array } {
  const plain = Buffer.concat(
    blobs.map((blob) => {
      const entry = Buffer.alloc(ENTRY_BYTES);
      entry.write(blob.id, 'hex');
      entry.writeUInt32LE(blob.sealed.byteLength, 32);
      return entry;
    }),
  );
  const id = codec.idOf(plain);
  const directory = codec.seal('directory', id, plain);
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32LE(directory.byteLength);
  TRAILER_MAGIC.copy(trailer, 4);
  return { id, bytes: Buffer.concat([...blobs.map((blob) => blob.sealed), directory, trailer]) };
}

export interface PackWriter {
  add(blob: PackedBlob, signal?: AbortSignal): Promise<void>;
  flush(signal?: AbortSignal): Promise<void>;
}

export function createPackWriter(storage: VaultStorage, codec: BlobCodec): PackWriter {
  let open: PackedBlob[] = [];
  let openBytes = 0;

  async function flush(signal?: AbortSignal): Promise<void> {
    if (open.length === 0) return;
    const pack = buildPack(codec, open);
    open = [];
    openBytes = 0;
    await storage.write(`packs/${pack.id.slice(0, 2)}/${pack.id}`, pack.bytes, signal);
  }

  return {
    async add(blob, signal) {
      open.push(blob);
      openBytes += blob.sealed.byteLength;
      if (openBytes >= PACK_TARGET) await flush(signal);
    },
    flush,
  };
}

/** @throws KuraError mismatch `vault.object-damaged` when the pack does not end in its directory. */
export async function readPackDirectory(
  storage: VaultStorage,
  codec: BlobCodec,
  pack: { readonly key: string; readonly id: BlobId; readonly size: number },
  signal?: AbortSignal,
): Promise<readonly PackDirectoryEntry[]> {
  const damaged = new KuraError('mismatch', 'vault.object-damaged', { params: { object: pack.key, kind: 'pack' } });
  const options = signal === undefined ? {} : { signal };
  const tailBytes = Math.min(TAIL_BYTES, pack.size);
  const tail = Buffer.from(
    await storage.read(pack.key, { ...options, range: { offset: pack.size - tailBytes, length: tailBytes } }),
  );
  if (tailBytes < TRAILER_BYTES + ENVELOPE_BYTES || !tail.subarray(-4).equals(TRAILER_MAGIC)) throw damaged;
  const length = tail.readUInt32LE(tailBytes - TRAILER_BYTES);
  const start = pack.size - TRAILER_BYTES - length;
  if (start < 0) throw damaged;
  const directory =
    length + TRAILER_BYTES <= tailBytes
      ? tail.subarray(tailBytes - TRAILER_BYTES - length, tailBytes - TRAILER_BYTES)
      : await storage.read(pack.key, { ...options, range: { offset: start, length } });
  const entries = parseDirectory(codec.open('directory', pack.id, directory));
  if (entries.reduce((sum, entry) => sum + entry.length, 0) !== start) throw damaged;
  return entries;
}

function parseDirectory(plain: Uint8Array): readonly PackDirectoryEntry[] {
  const view = Buffer.from(plain);
  let offset = 0;
  return Array.from({ length: Math.floor(view.length / ENTRY_BYTES) }, (_, index) => {
    const at = index * ENTRY_BYTES;
    const length = view.readUInt32LE(at + 32);
    const entry = { id: blobId(view.toString('hex', at, at + 32)), offset, length };
    offset += length;
    return entry;
  });
}
