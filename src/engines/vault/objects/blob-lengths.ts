/** How long the contents of blobs turned out to be: four bytes each. */
import type { BlobId } from '../format/blob.ts';
import type { BlobStore } from './blob-store.ts';

export class BlobLengths {
  readonly #store: Pick<BlobStore, 'numberOf'>;
  /** Length + 1, or 0. */
  #lengths = new Uint32Array(1024);

  constructor(store: Pick<BlobStore, 'numberOf'>) {
    this.#store = store;
  }

  /** Undefined while nobody has noted it. */
  of(id: BlobId): number | undefined {
    const number = this.#store.numberOf(id);
    const noted = number === undefined ? 0 : (this.#lengths[number] ?? 0);
    return noted === 0 ? undefined : noted - 1;
  }

  /** Only for blobs that the store knows. */
  note(id: BlobId, length: number): void {
    const number = this.#store.numberOf(id);
    if (number === undefined) return;
    if (number >= this.#lengths.length) {
      const larger = new Uint32Array(number * 2);
      larger.set(this.#lengths);
      this.#lengths = larger;
    }
    this.#lengths[number] = length + 1;
  }
}
