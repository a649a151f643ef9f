/** What of an entry goes into the index, made before anything is written. */
import { indexText } from '#engines/lexis';
import { KuraError } from '#kernel/errors';

import type { IndexedText, PlacedText } from '../../store/search-index.ts';
import type { Entry, EntryContent } from './entry-content.ts';
import { factsOf } from './entry-facts.ts';

export interface EntryTerms {
  readonly indexed: IndexedText;
  /** Each once: what a misspelt query is compared with. */
  readonly words: ReadonlySet<string>;
}

/** @throws KuraError `knowledge.too-many-words` with more different words than one entry may bring; the same on both databases. */
export function termsOf(content: Pick<EntryContent, 'title' | 'tags' | 'body'>): EntryTerms {
  const { title, tags, body } = content;
  const indexed = { title: indexText(title), tags: indexText(tags.join('\n')), body: indexText(body) };
  if (body.length > alwaysIndexable) refuseTooManyTerms(indexed.body);
  return { indexed, words: wordsOf(`${title}\n${body}`) };
}

/** An entry as the index holds it. @param attachments Names of the files beside it. */
export function indexedEntry(entry: Entry, attachments: readonly string[] = []): PlacedText {
  const { indexed } = termsOf(entry);
  return { position: entry.position, ...withAttachments(indexed, attachments), facts: factsOf(entry) };
}

/** What files are called is found as tags are: said of the entry, not by it. */
export function withAttachments(indexed: IndexedText, attachments: readonly string[] = []): IndexedText {
  return attachments.length === 0
    ? indexed
    : { ...indexed, tags: [indexed.tags, indexText(attachments.join('\n'))].filter((text) => text !== '').join(' ') };
}

/** A body this long fits even if no two of its terms are equal. */
const alwaysIndexable = 20_000;
/** What a tsvector, the index of PostgreSQL before ADR 0039, could hold; as much as one entry may ask of any index. */
const mostVectorBytes = 900_000;

function refuseTooManyTerms(terms: string): void {
  const ofTerm = new Map<string, number>();
  for (const term of terms.split(' ')) ofTerm.set(term, (ofTerm.get(term) ?? 0) + 1);
  let size = 0;
  // Two bytes per position, up to three for counts and alignment.
  for (const [term, count] of ofTerm) size += Buffer.byteLength(term) + 2 * Math.min(count, 255) + 3;
  if (size > mostVectorBytes) {
    throw new KuraError('invalid', 'knowledge.too-many-words', { params: { words: ofTerm.size } });
  }
}

/**
 * Plain Latin and katakana words of the lengths that spelling corrects; what is glued to digits is a code, which nobody
 * misspells.
 */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/(?<![\p{Script=Latin}\p{N}])[a-z]{3,40}(?![\p{Script=Latin}\p{N}])|[ァ-ヺー]{4,40}/gu);
  return new Set(Array.from(words, ([word]) => word));
}
