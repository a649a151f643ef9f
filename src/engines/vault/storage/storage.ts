/**
 * Where a repository's files lie. Every value is small enough for memory (a chunk is usually at most 8 MiB), so the port needs
 * no streams and every backend can be atomic. `testing/vault-storage-kit.ts` is the contract in executable form.
 *
 * Besides what is said below, everything may end with KuraError unavailable `vault.storage-unreachable`, forbidden
 * `vault.storage-refused`, conflict `vault.storage-read-only`, and, on media that come and go, unavailable
 * `vault.medium-changed` | `vault.medium-not-mounted`; a read with mismatch `vault.object-unreadable`.
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

export interface ReadOptions {
  readonly range?: ByteRange;
  readonly signal?: AbortSignal;
  /** Memory at least as long as the range, to read into; whoever has it in memory of its own already may ignore it. */
  readonly into?: Uint8Array;
}

/** One that holds connections is disposable; the vault that is opened over it disposes of it. */
export interface VaultStorage extends Partial<AsyncDisposable> {
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
  read(key: string, options?: ReadOptions): Promise<Uint8Array>;
  /**
   * Atomic: readers see the old value or the whole new one. Its bytes are durable when this resolves; its name is after `sync`.
   * @throws KuraError unavailable `vault.storage-full`.
   */
  write(key: string, value: Uint8Array, signal?: AbortSignal): Promise<void>;
  /**
   * As `write`, but only where nothing is: of several at the same moment one succeeds. Absent where a back end cannot.
   * @throws KuraError conflict `vault.object-exists`.
   */
  create?(key: string, value: Uint8Array, signal?: AbortSignal): Promise<void>;
  /**
   * Removing what is not there is no error.
   * @throws KuraError refused `vault.object-retained` (until when) for what the storage itself keeps from being removed.
   */
  remove(key: string, signal?: AbortSignal): Promise<void>;
  /**
   * For proving that what is written stays: writes a value of no use and tries to take it away for good, past every courtesy
   * of ours. True when the storage itself refused. Absent where `remove` does all that can be done.
   */
  refusesRemoval?(key: string, value: Uint8Array, signal?: AbortSignal): Promise<boolean>;
  /** Makes every finished `write` and `remove` survive a power cut. */
  sync(signal?: AbortSignal): Promise<void>;
  /** Bytes that may still be written, after the reserve; undefined where nobody can say (object stores). */
  freeBytes(signal?: AbortSignal): Promise<number | undefined>;
  /** Removes what interrupted writes left behind. Only the holder of the writer lock may call it. */
  discardUnfinished(signal?: AbortSignal): Promise<void>;
}
