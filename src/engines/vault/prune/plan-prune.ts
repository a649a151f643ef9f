/** What can go: objects nobody refers to, packs without anything living, and packs worth writing again without the rest. */
import { MIB } from '#kernel/units';

import type { BlobId } from '../format/blob.ts';
import type { BlobSet } from '../objects/blob-set.ts';
import { type BlobPlace, type BlobStore, idInKey } from '../objects/blob-store.ts';

export interface LivingBlob {
  readonly id: BlobId;
  readonly place: BlobPlace;
}

export interface PrunePlan {
  /** Stored files in which nothing is referred to. */
  readonly remove: readonly string[];
  /** Packs to be written again: what lives in them, in the order of its bytes. */
  readonly repack: ReadonlyMap<string, readonly LivingBlob[]>;
  readonly removedBlobs: number;
  /** Bytes that are free afterwards, counting directories of packs as free. */
  readonly freedBytes: number;
  readonly repackedBytes: number;
  /** Unused bytes that stay, in packs that are mostly used. */
  readonly keptUnusedBytes: number;
}

/** A pack of which less than this is used is written again. */
const WORTH_REPACKING = 0.5;
/** So many packs below this size are written together: small runs leave small packs. */
const SMALL_PACK = 4 * MIB;
const MANY_SMALL_PACKS = 8;

export function planPrune(store: BlobStore, referenced: BlobSet): PrunePlan {
  const unreadable = new Set(store.damagedPacks.map((error) => String(error.params['object'])));
  const { living, held, unused } = bytesByFile(store, referenced);
  const files = store.items.filter(({ key }) => !unreadable.has(key));
  const remove = files.filter(({ key }) => !living.has(key));
  const used = files.filter(({ key }) => living.has(key) && isPack(key));
  // Not by the size of the pack: its directory alone may be more than a small blob.
  const halfEmpty = used.filter(({ key }) => (living.get(key) ?? 0) < (held.get(key) ?? 0) * WORTH_REPACKING);
  const small = used.filter(({ key, size }) => size < SMALL_PACK && !halfEmpty.some((other) => other.key === key));
  const rewritten = [...halfEmpty, ...(small.length < MANY_SMALL_PACKS ? [] : small)];
  const repack = livingIn(store, referenced, new Set(rewritten.map(({ key }) => key)));
  const repackedBytes = rewritten.reduce((sum, { key }) => sum + (living.get(key) ?? 0), 0);
  return {
    remove: remove.map(({ key }) => key),
    repack,
    removedBlobs: unused,
    freedBytes: sizeOf(remove) + sizeOf(rewritten) - repackedBytes,
    repackedBytes,
    keptUnusedBytes: used
      .filter(({ key }) => !repack.has(key))
      .reduce((sum, { key }) => sum + (held.get(key) ?? 0) - (living.get(key) ?? 0), 0),
  };
}

interface FileBytes {
  /** Bytes of blobs that are referred to; files without any are not in it. */
  readonly living: ReadonlyMap<string, number>;
  /** Bytes of all blobs, further copies included. */
  readonly held: ReadonlyMap<string, number>;
  /** Blobs nobody refers to. */
  readonly unused: number;
}

/** Sums instead of lists: a repository may hold millions of blobs. */
function bytesByFile(store: BlobStore, referenced: BlobSet): FileBytes {
  const living = new Map<string, number>();
  const held = new Map<string, number>();
  let unused = 0;
  for (const id of store.ids()) {
    const place = store.placeOf(id);
    addBytes(held, place);
    if (referenced.has(id)) addBytes(living, place);
    else unused += 1;
  }
  for (const { place } of store.copies) addBytes(held, place);
  return { living, held, unused };
}

function addBytes(bytes: Map<string, number>, place: BlobPlace | undefined): void {
  if (place !== undefined) bytes.set(place.key, (bytes.get(place.key) ?? 0) + place.length);
}

function livingIn(
  store: BlobStore,
  referenced: BlobSet,
  packs: ReadonlySet<string>,
): ReadonlyMap<string, readonly LivingBlob[]> {
  const living = new Map<string, LivingBlob[]>(Array.from(packs, (key) => [key, []]));
  if (packs.size === 0) return living;
  for (const id of store.ids()) {
    const place = store.placeOf(id);
    if (place !== undefined && referenced.has(id)) living.get(place.key)?.push({ id, place });
  }
  for (const blobs of living.values()) blobs.sort((one, other) => one.place.offset - other.place.offset);
  return living;
}

function isPack(key: string): boolean {
  return idInKey(key)?.packed === true;
}

function sizeOf(files: readonly { readonly size: number }[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
