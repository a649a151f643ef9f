/** Memory that is used again and again for one purpose, and grows to what it was asked for most. */
export class Workspace {
  #memory = new ArrayBuffer(0);

  bytes(count: number): Uint8Array {
    if (this.#memory.byteLength < count) this.#memory = new ArrayBuffer(count);
    return new Uint8Array(this.#memory, 0, count);
  }
}
