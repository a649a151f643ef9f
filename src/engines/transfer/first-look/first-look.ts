/** What a caller sees of a file before the rest of it is fetched. */

export interface FilePiece {
  /** Position of the first byte in the file. */
  readonly start: number;
  readonly bytes: Uint8Array;
}

export interface FirstLook {
  /** Undefined where the source does not say how long the file is. */
  readonly totalBytes: number | undefined;
  /** The first bytes, 128 KiB at most. */
  readonly head: Uint8Array;
  /** The last bytes, 128 KiB at most; undefined where the source gives no ranges. */
  readonly tail: FilePiece | undefined;
  /**
   * Fetches bytes [start, end) more; undefined where the source gives no ranges. How much to ask for is the caller's to
   * bound. What it throws must be let through: it may be a connection that is tried again, and the look with it.
   */
  readonly read: ((start: number, end: number) => Promise<Uint8Array>) | undefined;
}

/** Looks, and throws a KuraError to refuse the file: nothing more of it is fetched then. */
export type TakeFirstLook = (look: FirstLook, signal: AbortSignal) => Promise<void>;
