/** Client messages that may arrive twice, after a lost acknowledgement, and must be carried out once. */
import { MIB } from '#kernel/units';

export interface OnceEach<Answer> {
  /** The first caller of a key carries it out; those after hear the same answer. What failed may be tried again. */
  run(key: string, work: () => Promise<Answer>): Promise<Answer>;
}

export interface Memory {
  /** Answers kept. */
  readonly most: number;
  /** What they may be long together, as JSON in UTF-16 units. */
  readonly longest: number;
}

interface Kept<Answer> {
  readonly answer: Promise<Answer>;
  length: number;
}

/** Forgets the oldest answers first; those that are still being worked out only by their number. */
export function createOnceEach<Answer>({ most, longest }: Memory = { most: 2000, longest: 8 * MIB }): OnceEach<Answer> {
  const answers = new Map<string, Kept<Answer>>();
  let together = 0;

  function forget(key: string, kept: Kept<Answer>): void {
    if (answers.get(key) !== kept) return;
    answers.delete(key);
    together -= kept.length;
  }

  function makeRoom(): void {
    for (const [key, kept] of answers) {
      if (answers.size <= most && together <= longest) return;
      if (answers.size > most || kept.length > 0) forget(key, kept);
    }
  }

  async function weigh(key: string, kept: Kept<Answer>): Promise<void> {
    try {
      const length = (JSON.stringify(await kept.answer) ?? '').length;
      if (answers.get(key) !== kept) return;
      kept.length = length;
      together += length;
      makeRoom();
    } catch {
      forget(key, kept);
    }
  }

  return {
    run(key, work) {
      const known = answers.get(key);
      if (known !== undefined) return known.answer;
      const kept = { answer: work(), length: 0 };
      answers.set(key, kept);
      void weigh(key, kept);
      makeRoom();
      return kept.answer;
    },
  };
}
