/** Posting lists of one term from several segments as one. Millions of entries pass here: none becomes an object. */
import { ByteReader, ByteWriter } from './bytes.ts';
import { placesOfEntry } from './segment-format.ts';
import { enlarged } from './term-table.ts';

export class PostingsJoin {
  readonly #writer = new ByteWriter();
  readonly #lists: Uint8Array[] = [];
  /** By entry: its new number times four plus its kind, whose list it comes from, and where its places are in that. */
  #heads = new Int32Array(256);
  #from = new Int32Array(256);
  #starts = new Int32Array(256);
  #ends = new Int32Array(256);
  #count = 0;
  #isInOrder = true;

  /** @param ordinals new number of an entry by old; -1 of what is no more */
  add(postings: Uint8Array, ordinals: Int32Array): void {
    const list = this.#lists.push(postings) - 1;
    const from = new ByteReader(postings);
    let old = 0;
    while (!from.isAtEnd) {
      const head = from.number();
      old += Math.floor(head / 4);
      const kind = head % 4;
      const start = from.at;
      if (kind !== placesOfEntry.none) from.skip(kind === placesOfEntry.one ? 1 : from.number());
      const ordinal = ordinals[old] ?? -1;
      if (ordinal >= 0) this.#note(ordinal * 4 + kind, list, start, from.at);
    }
  }

  /** Of all that was added, until the next is; it begins anew. */
  end(): Uint8Array {
    let written = 0;
    const order = this.#isInOrder ? undefined : this.#sorted();
    for (let place = 0; place < this.#count; place += 1) {
      const at = order === undefined ? place : (order[place] ?? 0);
      const head = this.#heads[at] ?? 0;
      this.#writer.number(head - written * 4);
      written = head >>> 2;
      const list = this.#lists[this.#from[at] ?? 0];
      // What follows the number of an entry stays as it is.
      if (list !== undefined) this.#writer.copy(list, this.#starts[at], this.#ends[at]);
    }
    this.#lists.length = 0;
    this.#count = 0;
    this.#isInOrder = true;
    return this.#writer.view();
  }

  #note(head: number, list: number, start: number, end: number): void {
    const at = this.#count;
    if (at === this.#heads.length) {
      this.#heads = enlarged(this.#heads, Int32Array);
      this.#from = enlarged(this.#from, Int32Array);
      this.#starts = enlarged(this.#starts, Int32Array);
      this.#ends = enlarged(this.#ends, Int32Array);
    }
    if (at > 0 && head < (this.#heads[at - 1] ?? 0)) this.#isInOrder = false;
    this.#heads[at] = head;
    this.#from[at] = list;
    this.#starts[at] = start;
    this.#ends[at] = end;
    this.#count = at + 1;
  }

  #sorted(): Int32Array {
    const order = Int32Array.from({ length: this.#count }, (_, at) => at);
    return order.sort((one, other) => (this.#heads[one] ?? 0) - (this.#heads[other] ?? 0));
  }
}
