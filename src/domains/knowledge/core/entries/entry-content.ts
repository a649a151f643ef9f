/** What people write of an entry, and what follows from it. */
import { createHash } from 'node:crypto';

import type { EntryStatus, EntryType, EntryView, Severity, Visibility } from '../../contract/index.ts';

/** Who sees an entry and who answers for it. */
export interface EntryCare {
  readonly visibility: Visibility;
  readonly department: string | null;
  readonly owner: string | null;
  readonly reviewer: string | null;
  readonly reviewOn: string | null;
  readonly severity: Severity | null;
}

/** Seen by everybody, looked after by nobody. */
export const plainCare: EntryCare = {
  visibility: 'public',
  department: null,
  owner: null,
  reviewer: null,
  reviewOn: null,
  severity: null,
};

export interface EntryContent extends EntryCare {
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
export function contentHash(content: EntryContent): string {
  const { title, type, body, tags, lang, status } = content;
  const care = careOf(content);
  // Entries from before these fields keep the hash they had: where all are plain, none is hashed.
  const cared = JSON.stringify(care) === JSON.stringify(plainCare) ? [] : [care];
  return createHash('sha256')
    .update(JSON.stringify([title, type, body, tags, lang, status, ...cared]))
    .digest('hex');
}

export function careOf({ visibility, department, owner, reviewer, reviewOn, severity }: EntryCare): EntryCare {
  return { visibility, department, owner, reviewer, reviewOn, severity };
}

/** What of an entry people write, and nothing else. */
export function contentOf(entry: EntryContent): EntryContent {
  const { title, type, body, tags, lang, status } = entry;
  return { title, type, body, tags, lang, status, ...careOf(entry) };
}

/** Japanese as soon as there is Japanese in it; English otherwise. Whoever knows better says so. */
export function guessLang(text: string): string {
  return /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text) ? 'ja' : 'en';
}
