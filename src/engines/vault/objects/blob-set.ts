/** A set of blobs: one bit each for those the store knows, instead of a hundred bytes of text. */
import type { BlobId } from '../format/blob.ts';
import type { BlobStore } from './blob-store.ts';

export class BlobSet {
  readonly #store: Pick<BlobStore, 'numberOf'>;
  #bits = new Uint8Array(1024);
  /** What is referred to and not there: few, or the repository is lost. */
  readonly #unknown = new Set<BlobId>();

  constructor(store: Pick<BlobStore, 'numberOf'>) {
    this.#store = store;
  }

  has(id: BlobId): boolean {
    const number = this.#store.numberOf(id);
    if (number === undefined) return this.#unknown.has(id);
    return ((this.#bits[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }

  add(id: BlobId): void {
    const number = this.#store.numberOf(id);
    if (number === undefined) {
      this.#unknown.add(id);
      return;
    }
    const at = number >>> 3;
    if (at >= this.#bits.length) {
      const larger = new Uint8Array(at * 2);
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (number & 7));
  }
}
