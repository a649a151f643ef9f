/**
 * What a rule of a schema says when it refuses: English for programs, and the key of a message for people of other
 * languages. For `refine` and custom issues. Safe for browsers.
 */
export function worded(key: string, english: string, params: Readonly<Record<string, string | number>> = {}) {
  return { message: english, params: { words: key, ...params } };
}
