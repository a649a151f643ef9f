import type { AnswerCache, StoredAnswer } from '../calls/answer-cache.ts';

/** Keeps answers for as long as the test lasts. */
export function memoryAnswerCache(): AnswerCache & { readonly kept: ReadonlyMap<string, StoredAnswer> } {
  const kept = new Map<string, StoredAnswer>();
  return {
    kept,
    read: async (key) => kept.get(key) ?? null,
    write: async (key, answer) => {
      kept.set(key, answer);
    },
  };
}
