/**
 * All blobs of a repository: large ones as objects of their own, small ones in packs. What exists is learnt by listing;
 * nothing outside the repository is needed.
 */
import { isKuraError, KuraError, toKuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { type BlobCodec, type BlobId, blobId, ENVELOPE_BYTES, statedLength } from './blob.ts';
import type { IdentifiedChunk } from './blob-session.ts';
import { createPackWriter, readPackDirectory } from './pack.ts';
import type { StoredItem, VaultStorage } from './storage.ts';
import type { ChunkRef } from './tree-entry.ts';

export interface BlobPlace {
  readonly key: string;
  readonly offset: number;
  readonly length: number;
}

export interface BlobCopy {
  readonly id: BlobId;
  readonly place: BlobPlace;
}

export interface BlobStore {
  /** Objects and packs as stored. */
  readonly items: readonly StoredItem[];
  /** Packs whose directory cannot be read; their blobs count as missing. */
  readonly damagedPacks: readonly KuraError[];
  /** Further copies of blobs that exist elsewhere too; they are never read. */
  readonly copies: readonly BlobCopy[];
  readonly added: { readonly blobs: number; readonly bytes: number };
  ids(): Iterable<BlobId>;
  placeOf(id: BlobId): BlobPlace | undefined;
  /** True when the chunk is there with the length it should have; a wrong length makes the store forget it. */
  holds(chunk: ChunkRef): boolean;
  /** Stores the chunk unless it is there; concurrent calls for the same chunk store it once. */
  put(chunk: IdentifiedChunk, signal?: AbortSignal): Promise<ChunkRef>;
  /** @throws KuraError not-found `vault.object-missing`. */
  read(id: BlobId, signal?: AbortSignal): Promise<Uint8Array>;
  /** Writes the open pack and makes everything durable. */
  flush(signal?: AbortSignal): Promise<void>;
}

/** Sealed blobs below this share a pack: a file each would cost two fsyncs and an inode. */
const PACKED_BELOW = MIB;

function objectKey(id: BlobId): string {
  return `objects/${id.slice(0, 2)}/${id}`;
}

/** The id in a key of `objects/` or `packs/`, or undefined for anything that does not belong there. */
export function idInKey(key: string): { readonly id: BlobId; readonly packed: boolean } | undefined {
  const match = /^(objects|packs)\/([0-9a-f]{2})\/(\2[0-9a-f]{62})$/.exec(key);
  return match?.[3] === undefined ? undefined : { id: blobId(match[3]), packed: match[1] === 'packs' };
}

export async function loadBlobStore(storage: VaultStorage, codec: BlobCodec, signal?: AbortSignal): Promise<BlobStore> {
  const items: StoredItem[] = [];
  const places = new Map<BlobId, BlobPlace>();
  const damagedPacks: KuraError[] = [];
  const copies: BlobCopy[] = [];

  function remember(id: BlobId, place: BlobPlace): void {
    const before = places.get(id);
    if (before !== undefined) copies.push({ id, place: before });
    places.set(id, place);
  }

  for await (const item of storage.list('packs/', signal)) {
    const name = idInKey(item.key);
    if (name === undefined) continue;
    items.push(item);
    try {
      for (const entry of await readPackDirectory(storage, codec, { ...item, id: name.id }, signal)) {
        remember(entry.id, { key: item.key, offset: entry.offset, length: entry.length });
      }
    } catch (error) {
      damagedPacks.push(asDamaged(error, item.key));
    }
  }
  for await (const item of storage.list('objects/', signal)) {
    const name = idInKey(item.key);
    if (name === undefined) continue;
    items.push(item);
    remember(name.id, { key: item.key, offset: 0, length: item.size });
  }
  return { items, damagedPacks, copies, ...storeOver(storage, codec, places) };
}

function storeOver(
  storage: VaultStorage,
  codec: BlobCodec,
  places: Map<BlobId, BlobPlace>,
): Omit<BlobStore, 'items' | 'damagedPacks' | 'copies'> {
  const adding = new Map<BlobId, Promise<ChunkRef>>();
  const added = { blobs: 0, bytes: 0 };
  const packs = createPackWriter(storage, codec);

  async function addNew(chunk: IdentifiedChunk, signal: AbortSignal | undefined): Promise<ChunkRef> {
    const sealed = await chunk.seal();
    const storedBytes = sealed.byteLength;
    added.blobs += 1;
    added.bytes += storedBytes;
    if (storedBytes < PACKED_BELOW) await packs.add({ id: chunk.id, sealed }, signal);
    else await storage.write(objectKey(chunk.id), sealed, signal);
    return { id: chunk.id, storedBytes };
  }

  async function findOrAdd(chunk: IdentifiedChunk, signal: AbortSignal | undefined): Promise<ChunkRef> {
    const place = places.get(chunk.id);
    if (place === undefined || !(await isWhole(storage, place))) return addNew(chunk, signal);
    chunk.forget();
    return { id: chunk.id, storedBytes: place.length };
  }

  return {
    added,
    ids: () => places.keys(),
    placeOf: (id) => places.get(id),
    holds(chunk) {
      const place = places.get(chunk.id);
      if (place === undefined) return adding.has(chunk.id);
      if (place.length === chunk.storedBytes) return true;
      places.delete(chunk.id);
      return false;
    },
    put(chunk, signal) {
      const running = adding.get(chunk.id);
      const result = running ?? findOrAdd(chunk, signal);
      if (running === undefined) adding.set(chunk.id, result);
      else chunk.forget();
      return result;
    },
    async read(id, signal) {
      const place = places.get(id);
      if (place === undefined) throw new KuraError('not-found', 'vault.object-missing', { params: { object: id } });
      const { key, ...range } = place;
      return storage.read(key, signal === undefined ? { range } : { range, signal });
    },
    async flush(signal) {
      await packs.flush(signal);
      await storage.sync(signal);
    },
  };
}

/**
 * Whether an object is as long as its own envelope says: what an accident cut short is written anew instead of being
 * referred to again. In packs the directory has already accounted for every byte.
 */
async function isWhole(storage: VaultStorage, place: BlobPlace): Promise<boolean> {
  if (!place.key.startsWith('objects/')) return true;
  if (place.length < ENVELOPE_BYTES) return false;
  const beginning = await storage.read(place.key, { range: { offset: 0, length: ENVELOPE_BYTES } });
  return statedLength(beginning) === place.length;
}

/** Only damage is collected; an unreachable storage or an abort ends the operation. */
function asDamaged(error: unknown, key: string): KuraError {
  const known = toKuraError(error);
  if (!isKuraError(error) || (known.kind !== 'mismatch' && known.kind !== 'not-found')) throw error;
  return new KuraError('mismatch', 'vault.object-damaged', { params: { object: key, kind: 'pack' }, cause: error });
}
