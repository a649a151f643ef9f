/** What can still be opened of stored files: sound blobs of damaged packs, even where the pack's end is lost. */
import { isKuraError } from '#kernel/errors';

import { type BlobCodec, type BlobId, ENVELOPE_BYTES, statedLength } from '../format/blob.ts';
import type { BlobCopy, BlobPlace, BlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';

export interface SoundBlob {
  readonly id: BlobId;
  readonly sealed: Uint8Array;
}

/** Places by stored file, of blobs that are looked for: all of a large repository would not fit into memory. */
export function placesByFile(
  store: BlobStore,
  isLookedFor: (place: BlobCopy) => boolean,
): ReadonlyMap<string, readonly BlobCopy[]> {
  return Map.groupBy(placesWhere(store, isLookedFor), ({ place }) => place.key);
}

/** The blobs of one stored file that open under their ids; the file may be gone. */
export async function soundBlobs(
  { storage, codec }: VaultContext,
  key: string,
  { blobs, signal }: { readonly blobs: readonly BlobCopy[]; readonly signal: AbortSignal },
): Promise<readonly SoundBlob[]> {
  const stored = await storage.read(key, { signal }).catch(unlessGone);
  if (stored === undefined) return [];
  return blobs.flatMap(({ id, place }) => {
    const sealed = pieceOf(stored, place);
    return opens(codec, id, sealed) ? [{ id, sealed }] : [];
  });
}

/**
 * Wanted blobs in a pack whose directory is lost. Envelopes tell where blobs begin and how long they are, not their
 * ids: those of the wanted ones that have the same stored length are tried.
 */
export async function salvagePack(
  { storage, codec }: VaultContext,
  key: string,
  { lengths, signal }: { readonly lengths: ReadonlyMap<BlobId, number>; readonly signal: AbortSignal },
): Promise<readonly SoundBlob[]> {
  const stored = await storage.read(key, { signal }).catch(unlessGone);
  if (stored === undefined) return [];
  const candidates = Map.groupBy(lengths.keys(), (id) => lengths.get(id) ?? 0);
  return [...blobsIn(stored)].flatMap((sealed) => {
    signal.throwIfAborted();
    const id = candidates.get(sealed.byteLength)?.find((candidate) => opens(codec, candidate, sealed));
    return id === undefined ? [] : [{ id, sealed }];
  });
}

function* placesWhere(store: BlobStore, isLookedFor: (place: BlobCopy) => boolean): Generator<BlobCopy> {
  for (const id of store.ids()) {
    const place = store.placeOf(id);
    if (place !== undefined && isLookedFor({ id, place })) yield { id, place };
  }
  for (const copy of store.copies) if (isLookedFor(copy)) yield copy;
}

const MAGIC = Buffer.from('KVLT');

function* blobsIn(stored: Uint8Array): Generator<Uint8Array> {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  for (let at = bytes.indexOf(MAGIC); at !== -1; ) {
    const length = statedLength(bytes.subarray(at, at + ENVELOPE_BYTES));
    const isWhole = length !== undefined && at + length <= bytes.length;
    if (isWhole) yield Uint8Array.from(bytes.subarray(at, at + length));
    at = bytes.indexOf(MAGIC, isWhole ? at + length : at + 1);
  }
}

function pieceOf(stored: Uint8Array, { offset, length }: BlobPlace): Uint8Array {
  return Uint8Array.from(stored.subarray(offset, offset + length));
}

function opens(codec: BlobCodec, id: BlobId, sealed: Uint8Array): boolean {
  try {
    codec.open('chunk', id, sealed);
    return true;
  } catch (error) {
    if (!isKuraError(error)) throw error;
    return false;
  }
}

function unlessGone(error: unknown): undefined {
  if (!isKuraError(error) || (error.kind !== 'not-found' && error.kind !== 'mismatch')) throw error;
}
