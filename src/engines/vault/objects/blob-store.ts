/**
 * All blobs of a repository: large ones as objects of their own, small ones in packs. What exists is learnt by listing;
 * nothing outside the repository is needed.
 */
import { isKuraError, KuraError, toKuraError } from '#kernel/errors';
import { mapInOrder } from '../concurrent.ts';
import { type BlobCodec, type BlobId, blobId, ENVELOPE_BYTES, statedLength } from '../format/blob.ts';
import { eachPacked, readPackDirectory, type WrittenPack } from '../format/pack.ts';
import type { ChunkRef } from '../snapshot/tree-entry.ts';
import type { StoredItem, VaultStorage } from '../storage/storage.ts';
import type { IdentifiedChunk } from './blob-session.ts';
import { type BlobPlace, BlobTable } from './blob-table.ts';
import { createPackIndexWriter, emptyPackIndex, type PackIndexWriter, readPackIndex } from './pack-index.ts';
import { createPackReader } from './pack-reader.ts';
import { createSealedBlobWriter } from './sealed-blob-writer.ts';

export type { BlobPlace } from './blob-table.ts';

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
  /** From 0, the same for as long as the store is there: sets of blobs are cheapest as bits by number. */
  numberOf(id: BlobId): number | undefined;
  /** True when the chunk is there, an object with the length it should have; a wrong one makes the store forget it. */
  holds(chunk: ChunkRef): boolean;
  /** Stores the chunk unless it is there; concurrent calls for the same chunk store it once. */
  put(chunk: IdentifiedChunk, signal?: AbortSignal): Promise<ChunkRef>;
  /**
   * @param into memory for it, long enough; storages may read into memory of their own instead.
   * @throws KuraError not-found `vault.object-missing`.
   */
  read(id: BlobId, signal?: AbortSignal, into?: Uint8Array): Promise<Uint8Array>;
  /** Writes the open pack and makes everything durable. */
  flush(signal?: AbortSignal): Promise<void>;
}

export interface LoadOptions {
  /** False: every pack says itself what is in it, at the price of reading its end. Default true. */
  readonly index?: boolean;
}

/** Ends of packs read at the same time. */
const TAILS_AT_ONCE = 8;

/** The id in a key of `objects/` or `packs/`, or undefined for anything that does not belong there. */
export function idInKey(key: string): { readonly id: BlobId; readonly packed: boolean } | undefined {
  const match = /^(objects|packs)\/([0-9a-f]{2})\/(\2[0-9a-f]{62})$/.exec(key);
  return match?.[3] === undefined ? undefined : { id: blobId(match[3]), packed: match[1] === 'packs' };
}

export async function loadBlobStore(
  storage: VaultStorage,
  codec: BlobCodec,
  signal?: AbortSignal,
  options: LoadOptions = {},
): Promise<BlobStore> {
  const items: StoredItem[] = [];
  const table = new BlobTable();
  const damagedPacks: KuraError[] = [];
  const copies: BlobCopy[] = [];
  const index = createPackIndexWriter(storage, codec);
  const known = options.index === false ? emptyPackIndex : await readPackIndex(storage, codec, signal);

  function remember(id: BlobId, place: BlobPlace): void {
    const before = table.placeOf(id);
    if (before !== undefined) copies.push({ id, place: before });
    table.put(id, place);
  }

  const packs = mapInOrder(listed(storage, 'packs/', items, signal), TAILS_AT_ONCE, async ({ key, id, size }) => {
    const cached = known.directoryOf({ id, size });
    if (cached !== undefined) return { key, directory: cached };
    try {
      const directory = await readPackDirectory(storage, codec, { key, id, size }, signal);
      index.add({ id, size, directory });
      return { key, directory };
    } catch (error) {
      damagedPacks.push(asDamaged(error, key));
      return undefined;
    }
  });
  for await (const pack of packs) {
    if (pack === undefined) continue;
    eachPacked(pack.directory, (directory, at, range) => {
      const before = table.putBytes(directory, at, { key: pack.key, ...range });
      if (before !== undefined) copies.push({ id: blobId(directory.toString('hex', at, at + 32)), place: before });
    });
  }
  for await (const { key, id, size } of listed(storage, 'objects/', items, signal)) {
    remember(id, { key, offset: 0, length: size });
  }
  return { items, damagedPacks, copies, ...storeOver({ storage, codec, table, index, items }) };
}

async function* listed(
  storage: VaultStorage,
  prefix: string,
  items: StoredItem[],
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredItem & { readonly id: BlobId }> {
  for await (const item of storage.list(prefix, signal)) {
    const name = idInKey(item.key);
    if (name === undefined) continue;
    items.push(item);
    yield { ...item, id: name.id };
  }
}

interface Loaded {
  readonly storage: VaultStorage;
  readonly codec: BlobCodec;
  readonly table: BlobTable;
  readonly index: PackIndexWriter;
  readonly items: readonly StoredItem[];
}

function storeOver(loaded: Loaded): Omit<BlobStore, 'items' | 'damagedPacks' | 'copies'> {
  const { storage, table, items } = loaded;
  const packSizes = new Map(items.filter(({ key }) => isPack(key)).map(({ key, size }) => [key, size]));
  const reader = createPackReader(storage, (key) => packSizes.get(key));
  return {
    ...additionsTo(loaded, ({ key, size }) => packSizes.set(key, size)),
    ids: () => table.ids(),
    placeOf: (id) => table.placeOf(id),
    numberOf: (id) => table.numberOf(id),
    async read(id, signal, into) {
      const place = table.placeOf(id);
      if (place === undefined) throw new KuraError('not-found', 'vault.object-missing', { params: { object: id } });
      const room = into === undefined || into.byteLength < place.length ? undefined : into;
      if (isPack(place.key)) return await reader.read(place, signal, room);
      const { key, ...range } = place;
      return await storage.read(key, {
        range,
        ...(signal === undefined ? {} : { signal }),
        ...(room === undefined ? {} : { into: room }),
      });
    },
  };
}

function additionsTo(
  loaded: Loaded,
  onPack: (pack: WrittenPack) => void,
): Pick<BlobStore, 'added' | 'holds' | 'put' | 'flush'> {
  const { storage, table } = loaded;
  const adding = new Map<BlobId, Promise<ChunkRef>>();
  const added = { blobs: 0, bytes: 0 };
  const writer = createSealedBlobWriter(loaded, onPack);

  async function addNew(chunk: IdentifiedChunk, signal: AbortSignal | undefined): Promise<ChunkRef> {
    const sealed = await chunk.seal();
    const storedBytes = sealed.byteLength;
    added.blobs += 1;
    added.bytes += storedBytes;
    await writer.write(chunk.id, sealed, signal);
    chunk.release?.(sealed);
    return { id: chunk.id, storedBytes };
  }

  async function findOrAdd(chunk: IdentifiedChunk, signal: AbortSignal | undefined): Promise<ChunkRef> {
    const storedBytes = table.lengthOf(chunk.id);
    const place = table.placeOf(chunk.id);
    if (storedBytes === undefined || (place !== undefined && !(await isWhole(storage, place)))) {
      return await addNew(chunk, signal);
    }
    chunk.forget();
    return { id: chunk.id, storedBytes };
  }

  return {
    added,
    holds(chunk) {
      const length = table.lengthOf(chunk.id);
      if (length === undefined) return adding.has(chunk.id);
      if (length === chunk.storedBytes || isPacked(table.placeOf(chunk.id))) return true;
      table.forget(chunk.id);
      return false;
    },
    put(chunk, signal) {
      const { id } = chunk;
      const running = adding.get(id);
      if (running !== undefined) {
        chunk.forget();
        return running;
      }
      const result = findOrAdd(chunk, signal).finally(() => adding.delete(id));
      adding.set(id, result);
      return result;
    },
    flush: (signal) => writer.flush(signal),
  };
}

/**
 * The directory of a pack accounts for its length, which may differ from what a list says: repair seals anew, and
 * another version of zstd makes other lengths. What has no place yet waits for its pack.
 */
export function isPacked(place: BlobPlace | undefined): boolean {
  return place === undefined || isPack(place.key);
}

function isPack(key: string): boolean {
  return key.startsWith('packs/');
}

/**
 * Whether an object is as long as its own envelope says: what an accident cut short is written anew instead of being
 * referred to again. In packs the directory has already accounted for every byte.
 */
async function isWhole(storage: VaultStorage, place: BlobPlace): Promise<boolean> {
  if (isPack(place.key)) return true;
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
