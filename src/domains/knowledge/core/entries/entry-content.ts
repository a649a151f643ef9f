/** What people write of an entry, and what follows from it. */
import { createHash } from 'node:crypto';

import type { EntryStatus, EntryType, EntryView } from '../../contract/index.ts';

export interface EntryContent {
  readonly title: string;
  readonly type: EntryType;
  readonly body: string;
  readonly tags: readonly string[];
  readonly lang: string;
  readonly status: EntryStatus;
}

/** An entry as it is stored; `position` is the database's own number, which never leaves the domain. */
export interface Entry extends EntryView {
  readonly position: number;
}

/** SHA-256 over everything people write; equal for equal content on every machine. */
export function contentHash({ title, type, body, tags, lang, status }: EntryContent): string {
  return createHash('sha256')
    .update(JSON.stringify([title, type, body, tags, lang, status]))
    .digest('hex');
}

/** Japanese as soon as there is Japanese in it; English otherwise. Whoever knows better says so. */
export function guessLang(text: string): string {
  return /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text) ? 'ja' : 'en';
}
