/** Advice on a text that is being written (K-029…K-043). It warns and proposes; it changes nothing and blocks nothing. */
import type { EntryAdvice, EntryType } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { countAllTags, readTagMeanings } from '../../store/tag-store.ts';
import { guessLang } from '../entries/entry-content.ts';
import { type Reader, scopeOf } from '../entries/reading-scope.ts';
import { relatedEntries } from '../search/related-entries.ts';
import type { SearchDeps } from '../search/search-request.ts';
import { findPersonal } from './personal-data.ts';
import { suggestTypes } from './suggest-types.ts';
import { findFacts, findSecrets, findSections } from './text-findings.ts';

export interface WrittenText {
  readonly title: string;
  readonly body: string;
  readonly type?: EntryType | undefined;
  readonly tags: readonly string[];
  readonly except?: string | undefined;
}

const mostRelated = 12;
const mostTags = 6;
/** A tag of one entry only that is a little like it says nothing. */
const leastWeight = 0.15;
/** So many of the most frequent tags are looked for in the text. */
const mostKnown = 500;
/** A tag that the text names fits better than one of a neighbour. */
const worthOfNamed = 1;

export async function advise(deps: SearchDeps, reader: Reader, text: WrittenText): Promise<EntryAdvice> {
  const { title, body, tags, except } = text;
  const scope = scopeOf(reader);
  const whole = `${title}\n${body}`;
  const related = await relatedEntries(deps, { title, body, tags, position: 0 }, { scope, limit: mostRelated });
  const near = related.filter(({ id }) => id !== except);
  const { types, isSure } = await suggestTypes(deps, scope, { title, body, near });
  const reads = deps.database.tables<KnowledgeTables>();
  const used = await countAllTags(reads, scope, mostKnown);
  const known = new Set([...used.map(({ value }) => value), ...(await readTagMeanings(reads)).map(({ tag }) => tag)]);
  const folded = whole.normalize('NFKC').toLowerCase();
  const named = [...known]
    .filter((tag) => isNamed(tag, folded))
    .map((tag) => ({ tags: [tag], likeness: worthOfNamed }));
  const type = text.type ?? types[0]?.type ?? 'other';
  const language = guessLang(whole) === 'ja' ? 'ja' : 'en';
  return {
    types,
    isSure,
    tags: likelyTags([...near, ...named], tags),
    sections: findSections(body, type, language),
    secrets: findSecrets(body),
    personal: findPersonal(body),
    facts: findFacts(whole),
  };
}

/** Latin names as words of their own, Japanese ones anywhere. */
function isNamed(tag: string, folded: string): boolean {
  if (tag.length < 2) return false;
  const name = tag.toLowerCase();
  const at = folded.indexOf(name);
  if (at < 0) return false;
  return !/^[\w.-]+$/u.test(name) || !/\w/u.test(`${folded[at - 1] ?? ' '}${folded[at + name.length] ?? ' '}`);
}

interface Neighbour {
  readonly tags: readonly string[];
  readonly likeness: number;
}

function likelyTags(near: readonly Neighbour[], present: readonly string[]): readonly string[] {
  const weights = new Map<string, number>();
  for (const { tags, likeness } of near) {
    for (const tag of tags) weights.set(tag, (weights.get(tag) ?? 0) + likeness);
  }
  const have = new Set(present.map((tag) => tag.toLowerCase()));
  return [...weights]
    .filter(([tag, weight]) => weight >= leastWeight && !have.has(tag.toLowerCase()))
    .toSorted(([a, weightOfA], [b, weightOfB]) => weightOfB - weightOfA || (a < b ? -1 : 1))
    .slice(0, mostTags)
    .map(([tag]) => tag);
}
