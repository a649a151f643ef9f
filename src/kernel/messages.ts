/**
 * A message catalogue is a plain record beside its owner: `messages/en.ts` and `messages/ja.ts`, the second typed
 * against the first so that a missing key does not compile. `{name}` marks a parameter. A key `code.advice` beside
 * an error's `code` says what to do next.
 */
export type Language = 'ja' | 'en';
export type Catalogue<Key extends string = string> = Readonly<Record<Key, string>>;
export type Catalogues = Readonly<Record<Language, Catalogue>>;

export const languages: readonly Language[] = ['ja', 'en'];
