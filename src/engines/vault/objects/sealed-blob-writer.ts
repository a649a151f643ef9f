/** Writes sealed blobs where they belong, large ones as objects of their own, small ones in packs, and notes their places. */
import { MIB } from '#kernel/units';

import type { BlobCodec, BlobId } from '../format/blob.ts';
import { createPackWriter, eachPacked, type WrittenPack } from '../format/pack.ts';
import type { VaultStorage } from '../storage/storage.ts';
import type { BlobTable } from './blob-table.ts';
import type { PackIndexWriter } from './pack-index.ts';

export interface SealedBlobWriter {
  /** Afterwards the table knows the blob; until its pack is written, with its length but without a place. */
  write(id: BlobId, sealed: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** Writes the open pack and makes everything durable. */
  flush(signal?: AbortSignal): Promise<void>;
}

interface Target {
  readonly storage: VaultStorage;
  readonly codec: BlobCodec;
  readonly table: BlobTable;
  readonly index: PackIndexWriter;
}

/** Sealed blobs below this share a pack: a file each would cost two fsyncs and an inode. */
const PACKED_BELOW = MIB;

export function createSealedBlobWriter(target: Target, onPack: (pack: WrittenPack) => void): SealedBlobWriter {
  const { storage, codec, table, index } = target;
  const packs = createPackWriter(storage, codec, (pack) => {
    onPack(pack);
    eachPacked(pack.directory, (directory, at, range) => {
      table.putBytes(directory, at, { key: pack.key, ...range });
    });
    index.add(pack);
  });
  return {
    async write(id, sealed, signal) {
      const length = sealed.byteLength;
      if (length < PACKED_BELOW) {
        table.put(id, { offset: 0, length });
        await packs.add({ id, sealed }, signal);
      } else {
        const key = objectKey(id);
        // Memory that threads share may not be sent over every kind of connection.
        await storage.write(key, storage.localFolder === undefined ? sealed.slice() : sealed, signal);
        table.put(id, { key, offset: 0, length });
      }
    },
    async flush(signal) {
      await packs.flush(signal);
      await index.flush(signal);
      await storage.sync(signal);
    },
  };
}

function objectKey(id: BlobId): string {
  return `objects/${id.slice(0, 2)}/${id}`;
}
