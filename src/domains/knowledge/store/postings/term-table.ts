/**
 * Numbers for the terms of a segment, found by their characters alone: a string and an object for each of the nine
 * hundred terms of an entry would take longer than all the rest of making a segment.
 */
export class TermTable {
  /** Number of a term plus one by hash, 0 where none is; at most half of it is in use. */
  #slots = new Int32Array(1024);
  /** By term: its hash, and where it begins in `#characters`; where the last one ends stands behind it. */
  #hashes = new Int32Array(512);
  #starts = new Int32Array(513);
  #characters = new Uint16Array(4096);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Calls `see` with the number of each term of a text in which one blank stands between terms. */
  read(text: string, see: (term: number) => void): void {
    const { length } = text;
    if (length === 0) return;
    let from = 0;
    let hash = hashSeed;
    for (let at = 0; at < length; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit !== blank) {
        hash = Math.imul(hash ^ unit, hashFactor);
        continue;
      }
      see(this.#numberOf(text, from, at, hash));
      from = at + 1;
      hash = hashSeed;
    }
    see(this.#numberOf(text, from, length, hash));
  }

  /** All numbers, in order of their terms. */
  inOrder(): readonly { readonly number: number; readonly term: string }[] {
    const { buffer } = this.#characters;
    const all = Buffer.from(buffer, 0, (this.#starts[this.#count] ?? 0) * 2).toString('utf16le');
    const terms = Array.from({ length: this.#count }, (_, number) => ({
      number,
      term: all.slice(this.#starts[number], this.#starts[number + 1]),
    }));
    return terms.sort((one, other) => (one.term < other.term ? -1 : 1));
  }

  #numberOf(text: string, from: number, to: number, hashed: number): number {
    // Products carry upwards only: what is high comes down to where the slot is read.
    const hash = hashed ^ (hashed >>> 15);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.#equals(number, text, from, to)) return number;
      slot = (slot + 1) & mask;
    }
    const number = this.#keep(text, from, to, hash);
    this.#slots[slot] = number + 1;
    if (this.#count * 2 === this.#slots.length) this.#grow();
    return number;
  }

  #equals(number: number, text: string, from: number, to: number): boolean {
    const start = this.#starts[number] ?? 0;
    if ((this.#starts[number + 1] ?? 0) - start !== to - from) return false;
    for (let at = from; at < to; at += 1) {
      if (this.#characters[start + at - from] !== text.charCodeAt(at)) return false;
    }
    return true;
  }

  #keep(text: string, from: number, to: number, hash: number): number {
    const number = this.#count;
    const start = this.#starts[number] ?? 0;
    const end = start + to - from;
    while (end > this.#characters.length) this.#characters = enlarged(this.#characters, Uint16Array);
    for (let at = from; at < to; at += 1) this.#characters[start + at - from] = text.charCodeAt(at);
    this.#hashes[number] = hash;
    this.#starts[number + 1] = end;
    this.#count += 1;
    return number;
  }

  #grow(): void {
    this.#hashes = enlarged(this.#hashes, Int32Array);
    const starts = new Int32Array(this.#hashes.length + 1);
    starts.set(this.#starts);
    this.#starts = starts;
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#count; number += 1) {
      let slot = (this.#hashes[number] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

/** The same numbers in twice the room. */
export function enlarged<Numbers extends Int32Array | Uint16Array>(
  numbers: Numbers,
  Kind: new (length: number) => Numbers,
): Numbers {
  const larger = new Kind(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

const blank = 0x20;
/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), over UTF-16 units instead of bytes. */
const hashSeed = 0x81_1c_9d_c5 | 0;
const hashFactor = 0x01_00_01_93;
