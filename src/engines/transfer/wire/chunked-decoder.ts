/** Undoes `Transfer-Encoding: chunked` (RFC 9112 §7.1). Trailers are read and dropped. */
import { BadAnswer } from './answer-head.ts';

/** Longest size line or trailer field. */
const MAX_LINE = 4096;
const LF = 0x0a;

type Stage = 'size' | 'data' | 'data-end' | 'trailer' | 'done';

export class ChunkedDecoder {
  #stage: Stage = 'size';
  #left = 0;
  #line = '';

  get isDone(): boolean {
    return this.#stage === 'done';
  }

  /** The body bytes among `input`, as views of it. @throws BadAnswer when it is not chunked encoding. */
  decode(input: Uint8Array): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    let at = 0;
    while (at < input.length) {
      if (this.#stage === 'done') throw new BadAnswer('bytes after the end of the answer');
      if (this.#stage === 'data') {
        const piece = input.subarray(at, at + this.#left);
        pieces.push(piece);
        at += piece.length;
        this.#left -= piece.length;
        if (this.#left === 0) this.#stage = 'data-end';
      } else {
        at = this.#readLine(input, at);
      }
    }
    return pieces;
  }

  #readLine(input: Uint8Array, at: number): number {
    const end = input.indexOf(LF, at);
    const stop = end === -1 ? input.length : end + 1;
    if (this.#line.length + stop - at > MAX_LINE) throw new BadAnswer('a chunk line without end');
    this.#line += Buffer.from(input.subarray(at, stop)).toString('latin1');
    if (end !== -1) {
      const line = this.#line;
      this.#line = '';
      if (!line.endsWith('\r\n')) throw new BadAnswer('a chunk line that ends wrongly');
      this.#obey(line.slice(0, -2));
    }
    return stop;
  }

  #obey(line: string): void {
    if (this.#stage === 'data-end') {
      if (line !== '') throw new BadAnswer('a chunk longer than announced');
      this.#stage = 'size';
    } else if (this.#stage === 'trailer') {
      if (line === '') this.#stage = 'done';
    } else {
      const [, digits] = /^([0-9a-f]{1,13})[ \t]*(?:;.*)?$/i.exec(line) ?? [];
      if (digits === undefined) throw new BadAnswer('not a chunk size');
      this.#left = Number.parseInt(digits, 16);
      this.#stage = this.#left === 0 ? 'trailer' : 'data';
    }
  }
}
