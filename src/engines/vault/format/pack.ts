/**
 * A pack: sealed blobs back to back, then their directory (itself a sealed blob, 36 bytes per entry: id, stored length
 * as u32 LE), then the directory's stored length (u32 LE) and "KVPK". The pack is named by the directory's id, so it
 * describes itself and needs no index.
 */
import { KuraError } from '#kernel/errors';
import { KIB, MIB } from '#kernel/units';
import { createWasmMemory } from '../objects/wasm-memory.ts';
import type { VaultStorage } from '../storage/storage.ts';
import { type BlobCodec, type BlobId, ENVELOPE_BYTES } from './blob.ts';

interface PackedBlob {
  readonly id: BlobId;
  readonly sealed: Uint8Array;
}

interface PackedPlace {
  readonly id: BlobId;
  readonly length: number;
}

const TRAILER_MAGIC = Buffer.from('KVPK');
const TRAILER_BYTES = 8;
export const ENTRY_BYTES = 36;
/** One read usually gets the whole directory. */
const TAIL_BYTES = 64 * KIB;
const PACK_TARGET = 16 * MIB;
/** For the last blob, which is below 1 MiB, and most directories. */
const PACK_ROOM = PACK_TARGET + 2 * MIB;

/** A pack as it was written: what its name proves and what a list of packs says of it. */
export interface WrittenPack {
  readonly key: string;
  readonly id: BlobId;
  readonly size: number;
  /** Plaintext of the directory; its hash is the pack's id. */
  readonly directory: Uint8Array;
}

export interface PackWriter {
  /** Copies the blob before it returns. */
  add(blob: PackedBlob, signal?: AbortSignal): Promise<void>;
  flush(signal?: AbortSignal): Promise<void>;
}

export function createPackWriter(
  storage: VaultStorage,
  codec: BlobCodec,
  onWritten: (pack: WrittenPack) => void,
): PackWriter {
  let open: PackedPlace[] = [];
  let openBytes = 0;
  let memory: Uint8Array | undefined;
  /** Of packs that are written; as much as packs that are gathered while others are on their way ever needed. */
  const free: Uint8Array[] = [];

  async function flush(signal?: AbortSignal): Promise<void> {
    if (open.length === 0 || memory === undefined) return;
    const own = memory;
    const { bytes, ...pack } = endPack(codec, open, own.subarray(0, openBytes));
    open = [];
    openBytes = 0;
    memory = undefined;
    await storage.write(pack.key, bytes, signal);
    if (own.byteLength === PACK_ROOM) free.push(own);
    onWritten(pack);
  }

  return {
    async add({ id, sealed }, signal) {
      memory = withRoom(memory ?? free.pop() ?? packMemory(storage), openBytes, sealed.byteLength);
      memory.set(sealed, openBytes);
      open.push({ id, length: sealed.byteLength });
      openBytes += sealed.byteLength;
      if (openBytes >= PACK_TARGET) await flush(signal);
    },
    flush,
  };
}

/** From a page's beginning, which saves the way through the page cache; not every kind of connection takes shared memory. */
function packMemory({ localFolder }: VaultStorage): Uint8Array {
  return localFolder === undefined ? new Uint8Array(PACK_ROOM) : new Uint8Array(createWasmMemory(PACK_ROOM).buffer);
}

/** Memory with so much more room; a blob that is put into a pack though it is large may need more than usual. */
function withRoom(memory: Uint8Array, used: number, more: number): Uint8Array {
  if (used + more <= memory.byteLength) return memory;
  const larger = new Uint8Array(used + more + MIB);
  larger.set(memory.subarray(0, used));
  return larger;
}

/** @param blobs at the beginning of memory that may have room behind them. */
function endPack(
  codec: BlobCodec,
  places: readonly PackedPlace[],
  blobs: Uint8Array,
): WrittenPack & { readonly bytes: Uint8Array } {
  const plain = Buffer.alloc(places.length * ENTRY_BYTES);
  for (const [index, { id, length }] of places.entries()) {
    plain.write(id, index * ENTRY_BYTES, 'hex');
    plain.writeUInt32LE(length, index * ENTRY_BYTES + 32);
  }
  const id = codec.idOf(plain);
  const directory = codec.seal('directory', id, plain);
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32LE(directory.byteLength);
  TRAILER_MAGIC.copy(trailer, 4);
  const bytes = appended(blobs, [directory, trailer]);
  return { key: packKey(id), id, size: bytes.byteLength, directory: plain, bytes };
}

function appended(blobs: Uint8Array, rest: readonly Uint8Array[]): Uint8Array {
  const size = rest.reduce((sum, { byteLength }) => sum + byteLength, blobs.byteLength);
  const hasRoom = blobs.byteOffset + size <= blobs.buffer.byteLength;
  if (!hasRoom) return Buffer.concat([blobs, ...rest]);
  const whole = new Uint8Array(blobs.buffer, blobs.byteOffset, size);
  let at = blobs.byteLength;
  for (const piece of rest) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

function packKey(id: BlobId): string {
  return `packs/${id.slice(0, 2)}/${id}`;
}

/** Plaintext of the directory. @throws KuraError mismatch `vault.object-damaged` when the pack does not end in it. */
export async function readPackDirectory(
  storage: VaultStorage,
  codec: BlobCodec,
  pack: { readonly key: string; readonly id: BlobId; readonly size: number },
  signal?: AbortSignal,
): Promise<Uint8Array> {
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
  const plain = codec.open('directory', pack.id, directory);
  let blobBytes = 0;
  eachPacked(plain, (_directory, _at, { length }) => {
    blobBytes += length;
  });
  if (blobBytes !== start) throw damaged;
  return plain;
}

/** For each blob of a pack: where in the directory the 32 bytes of its id begin, and where in the pack it lies. */
export function eachPacked(
  plain: Uint8Array,
  note: (directory: Buffer, at: number, place: { readonly offset: number; readonly length: number }) => void,
): void {
  const directory = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
  let offset = 0;
  for (let at = 0; at + ENTRY_BYTES <= directory.length; at += ENTRY_BYTES) {
    const length = directory.readUInt32LE(at + 32);
    note(directory, at, { offset, length });
    offset += length;
  }
}
