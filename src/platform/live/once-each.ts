/** Client messages that may arrive twice, after a lost acknowledgement, and must be carried out once. */

export interface OnceEach<Answer> {
  /** The first caller of a key carries it out; those after hear the same answer. What failed may be tried again. */
  run(key: string, work: () => Promise<Answer>): Promise<Answer>;
}

export function createOnceEach<Answer>(most = 2000): OnceEach<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return {
    run(key, work) {
      const known = answers.get(key);
      if (known !== undefined) return known;
      const answer = work();
      answers.set(key, answer);
      answer.catch(() => answers.delete(key));
      const [oldest] = answers.keys();
      if (answers.size > most && oldest !== undefined) answers.delete(oldest);
      return answer;
    },
  };
}
