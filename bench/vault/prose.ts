/** Text files: sentences of words that are as unevenly frequent as in real text, all from one seed. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Numbers from 0 to 1, the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const VOCABULARY = 30_000;
const FILES_PER_FOLDER = 100;

export class Prose {
  readonly #random = seeded(1);
  readonly #words = Array.from({ length: VOCABULARY }, () => this.#word());

  /** About so many characters. */
  text(length: number): string {
    const parts: string[] = [];
    for (let written = 0, inSentence = 0; written < length; inSentence += 1) {
      // Zipf's law: the tenth word is as frequent as the next ninety together.
      const word = this.#words[Math.floor(VOCABULARY ** this.#random()) - 1] ?? '';
      const ends = inSentence > 5 && this.#random() < 0.12;
      if (ends) inSentence = 0;
      parts.push(word, ends ? '.\n' : ' ');
      written += word.length + 1;
    }
    return parts.join('');
  }

  /** Sizes spread as those of documents: many small ones, some ten times the mean. */
  async writeFiles(folder: string, count: number, meanBytes: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const parent = join(folder, `part-${String(Math.floor(index / FILES_PER_FOLDER)).padStart(4, '0')}`);
      if (index % FILES_PER_FOLDER === 0) await mkdir(parent, { recursive: true });
      const length = Math.ceil(-Math.log(1 - this.#random()) * meanBytes);
      await writeFile(join(parent, `note-${index}.md`), this.text(length));
    }
  }

  #word(): string {
    const length = 2 + Math.floor(this.#random() * 8);
    return Array.from({ length }, () => 'etaoinshrdlucmfwygpbvk'[Math.floor(this.#random() ** 2 * 22)]).join('');
  }
}
