/**
 * Which blobs there are and where, for millions of them: 44 bytes each in flat memory, where a Map of strings and objects
 * takes 300. Blobs are numbered in the order of their arrival; what others know of a blob they keep by its number.
 */
import { type BlobId, blobId } from '../format/blob.ts';

export interface BlobPlace {
  readonly key: string;
  readonly offset: number;
  readonly length: number;
}

const ID_BYTES = 32;
const FIRST_ROOM = 1024;
/** Of the slots at most so many are taken: probing stays short. */
const FULLEST = 0.6;
/** Instead of a file: known once, but its place turned out to be wrong, or is not written yet. */
const NOWHERE = 0xffff_ffff;

export class BlobTable {
  #room = FIRST_ROOM;
  #count = 0;
  #ids = Buffer.alloc(FIRST_ROOM * ID_BYTES);
  #files = new Uint32Array(FIRST_ROOM);
  #offsets = new Uint32Array(FIRST_ROOM);
  #lengths = new Uint32Array(FIRST_ROOM);
  /** Number + 1, or 0; open addressing. */
  #slots = new Uint32Array(FIRST_ROOM * 2);
  readonly #keys: string[] = [];
  #lastKey = '';
  /** For the id that is looked for: fresh memory for each would cost more than the search. */
  readonly #wanted = Buffer.alloc(ID_BYTES);

  /** How many numbers were given. */
  get count(): number {
    return this.#count;
  }

  numberOf(id: BlobId): number | undefined {
    this.#wanted.write(id, 'hex');
    const at = this.#slots[this.#slotOf(this.#wanted, 0)] ?? 0;
    return at === 0 ? undefined : at - 1;
  }

  idOf(number: number): BlobId {
    return blobId(this.#ids.toString('hex', number * ID_BYTES, (number + 1) * ID_BYTES));
  }

  /** Where it lies; undefined for what is not there. */
  placeOf(id: BlobId): BlobPlace | undefined {
    const number = this.numberOf(id);
    return number === undefined ? undefined : this.placeAt(number);
  }

  placeAt(number: number): BlobPlace | undefined {
    const key = this.#keys[this.#files[number] ?? NOWHERE];
    if (key === undefined) return undefined;
    return { key, offset: this.#offsets[number] ?? 0, length: this.#lengths[number] ?? 0 };
  }

  /** Length as stored, also of what waits in an unwritten pack; undefined for what is not there. */
  lengthOf(id: BlobId): number | undefined {
    const number = this.numberOf(id);
    const length = number === undefined ? 0 : (this.#lengths[number] ?? 0);
    return length === 0 ? undefined : length;
  }

  /** Notes a blob, or its new place; without a key it waits to be written. */
  put(id: BlobId, place: { readonly key?: string; readonly offset: number; readonly length: number }): number {
    this.#wanted.write(id, 'hex');
    const slot = this.#slotOf(this.#wanted, 0);
    const known = (this.#slots[slot] ?? 0) - 1;
    const number = known < 0 ? this.#append(this.#wanted, 0, slot) : known;
    this.#place(number, place);
    return number;
  }

  /** As `put`, of an id that begins at `start` of `bytes`. @returns the place it had before */
  putBytes(bytes: Buffer, start: number, place: BlobPlace): BlobPlace | undefined {
    const slot = this.#slotOf(bytes, start);
    const known = (this.#slots[slot] ?? 0) - 1;
    const before = known < 0 ? undefined : this.placeAt(known);
    this.#place(known < 0 ? this.#append(bytes, start, slot) : known, place);
    return before;
  }

  #place(number: number, place: { readonly key?: string; readonly offset: number; readonly length: number }): void {
    this.#files[number] = place.key === undefined ? NOWHERE : this.#fileOf(place.key);
    this.#offsets[number] = place.offset;
    this.#lengths[number] = place.length;
  }

  /** Keeps the number, forgets the place. */
  forget(id: BlobId): void {
    const number = this.numberOf(id);
    if (number === undefined) return;
    this.#files[number] = NOWHERE;
    this.#lengths[number] = 0;
  }

  /** Also of what lies somewhere with nothing in it: only what is named can be repaired. */
  *ids(): Generator<BlobId> {
    for (let number = 0; number < this.#count; number += 1) {
      if ((this.#lengths[number] ?? 0) > 0 || this.#files[number] !== NOWHERE) yield this.idOf(number);
    }
  }

  #append(bytes: Buffer, start: number, slot: number): number {
    const number = this.#count;
    bytes.copy(this.#ids, number * ID_BYTES, start, start + ID_BYTES);
    this.#slots[slot] = number + 1;
    this.#count += 1;
    if (this.#count === this.#room) this.#enlarge();
    return number;
  }

  /** The slot that holds the id, or the free one where it belongs. */
  #slotOf(bytes: Buffer, wanted: number): number {
    const slots = this.#slots;
    // Ids are hashes: any of their bits are as good as a hash of them.
    for (let slot = bytes.readUInt32LE(wanted) % slots.length; ; slot = (slot + 1) % slots.length) {
      const at = slots[slot] ?? 0;
      if (at === 0) return slot;
      const start = (at - 1) * ID_BYTES;
      if (bytes.compare(this.#ids, start, start + ID_BYTES, wanted, wanted + ID_BYTES) === 0) return slot;
    }
  }

  #enlarge(): void {
    this.#room *= 2;
    this.#ids = Buffer.concat([this.#ids], this.#room * ID_BYTES);
    this.#files = enlarged(this.#files, this.#room);
    this.#offsets = enlarged(this.#offsets, this.#room);
    this.#lengths = enlarged(this.#lengths, this.#room);
    this.#slots = new Uint32Array(Math.ceil(this.#room / FULLEST));
    for (let number = 0; number < this.#count; number += 1) {
      this.#slots[this.#slotOf(this.#ids, number * ID_BYTES)] = number + 1;
    }
  }

  /** Blobs of a pack arrive together. */
  #fileOf(key: string): number {
    if (key !== this.#lastKey) {
      this.#keys.push(key);
      this.#lastKey = key;
    }
    return this.#keys.length - 1;
  }
}

function enlarged(values: Uint32Array<ArrayBuffer>, room: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(room);
  larger.set(values);
  return larger;
}
