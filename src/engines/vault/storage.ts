/**
 * Where a repository's files lie. Every value is small enough for memory (a chunk is at most 16 MiB), so the port needs
 * no streams and every backend can be atomic. `testing/vault-storage-kit.ts` is the contract in executable form.
 */
export interface StoredItem {
  /** `objects/ab/…`: relative, slashes, no `.` or `..`. */
  readonly key: string;
  /** Bytes as stored. */
  readonly size: number;
}

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

export interface VaultStorage {
  /** Place for people to read: a folder or URL without credentials. */
  readonly location: string;
  /** The folder, when it is one on this machine: a backup whose source contains it leaves it out. */
  readonly localFolder?: string;
  /** Everything complete under `prefix` (a folder with trailing slash, or '' for all), in no particular order. */
  list(prefix: string, signal?: AbortSignal): AsyncIterable<StoredItem>;
  /**
   * A whole value, or exactly the range.
   * @throws KuraError not-found `vault.object-missing`; mismatch `vault.object-truncated` when the range goes past the end.
   */
  read(key: string, options?: { readonly range?: ByteRange; readonly signal?: AbortSignal }): Promise<Uint8Array>;
  /**
   * Atomic: readers see the old value or the whole new one. Its bytes are durable when this resolves; its name is after `sync`.
   * @throws KuraError unavailable `vault.storage-full`.
   */
  write(key: string, value: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** Removing what is not there is no error. */
  remove(key: string, signal?: AbortSignal): Promise<void>;
  /** Makes every finished `write` and `remove` survive a power cut. */
  sync(signal?: AbortSignal): Promise<void>;
  /** Bytes that may still be written, after the reserve; undefined where nobody can say (object stores). */
  freeBytes(signal?: AbortSignal): Promise<number | undefined>;
  /** Removes what interrupted writes left behind. Only the holder of the writer lock may call it. */
  discardUnfinished(signal?: AbortSignal): Promise<void>;
}
