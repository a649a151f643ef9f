/**
 * Which type a text has (K-031): what the model learned from examples, what entries here with the same words are, and what
 * the entries most like it are. Every saved type teaches, as far as the reader may see it.
 */
import { parseQuery, tellingWords } from '#engines/lexis';

import { type EntryAdvice, type EntryType, entryTypes, type RelatedEntry } from '../../contract/index.ts';
import { countFacts } from '../../store/search-store.ts';
import type { ReadingScope } from '../entries/reading-scope.ts';
import { withConditions } from '../search/narrow-query.ts';
import { readableNodes } from '../search/readable-node.ts';
import { sums } from '../search/search-facets.ts';
import type { SearchDeps } from '../search/search-request.ts';
import { featuresOf, type TextFeature } from './type-features.ts';
import { softmax, typeModel } from './type-model.ts';

type Suggested = Pick<EntryAdvice, 'types' | 'isSure'>;

export interface TypedText {
  readonly title: string;
  readonly body: string;
  /** Entries like it, as the reader sees them. */
  readonly near: ReadonlyArray<Pick<RelatedEntry, 'type' | 'likeness'>>;
}

const mostWords = 16;
/** Additive smoothing: so many entries with the usual share of the word are added to each type, so that few teach little. */
const smoothing = 6;
/** Words hang together; each says less than it would by itself. */
const worthOfWords = 0.25;
/** An entry exactly alike says as much as this. */
const worthOfNear = 2;
const mostNear = 5;
/** The model of so few examples is surer of the order than it says. */
const worthOfModel = 1.5;
const surely = 0.8;
/** What fewer entries hold says nothing of a type. */
const fewest = 3;
/** A reason says at least that much. */
const telling = 0.2;

interface Evidence {
  readonly type: EntryType;
  readonly word: string;
  readonly weight: number;
}

export async function suggestTypes(
  deps: SearchDeps,
  scope: ReadingScope | undefined,
  text: TypedText,
): Promise<Suggested> {
  const whole = `${text.title}\n${text.body}`;
  const features = featuresOf(whole);
  const model = typeModel();
  const learned = await learnedEvidence(deps, scope, whole);
  const near = text.near.slice(0, mostNear).map(({ type, likeness }) => ({ type, weight: worthOfNear * likeness }));
  const rates = model.rate(features);
  const logs = entryTypes.map(
    (type, place) =>
      worthOfModel * (rates[place] ?? 0) +
      [...learned, ...near].reduce((sum, one) => (one.type === type ? sum + one.weight : sum), 0),
  );
  const shares = softmax(logs);
  const types = entryTypes
    .map((type, place) => ({
      type,
      share: Math.round((shares[place] ?? 0) * 100) / 100,
      because: reasons([...modelEvidence(whole, features, type), ...learned.filter((one) => one.type === type)]),
    }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 3);
  return { types, isSure: (types[0]?.share ?? 0) >= surely };
}

function reasons(own: readonly Evidence[]): readonly string[] {
  const strongest = own.filter(({ weight }) => weight > telling).toSorted((a, b) => b.weight - a.weight);
  return [...new Set(strongest.map(({ word }) => word))].slice(0, 4);
}

/** The words of the text that speak for a type: as much as the features say that lie inside them. */
function modelEvidence(whole: string, features: readonly TextFeature[], type: EntryType): readonly Evidence[] {
  const model = typeModel();
  return [...tellingWords(whole).keys()].flatMap((word) => {
    const start = whole.indexOf(word);
    const end = start + word.length;
    const inside = features.filter((feature) => feature.start >= start && feature.end <= end);
    const weight = inside.reduce((sum, { name }) => sum + model.weightOf(name, type), 0) / Math.max(1, inside.length);
    return [{ type, word, weight }];
  });
}

/** How often entries of each type hold the words that tell the text from others, against how often any entry does. */
async function learnedEvidence(
  { database, index }: SearchDeps,
  scope: ReadingScope | undefined,
  whole: string,
): Promise<readonly Evidence[]> {
  const conditions = readableNodes(scope);
  async function countsOf(word: string | undefined): Promise<ReadonlyMap<string, number>> {
    const query = withConditions(parseQuery(word === undefined ? '' : `"${word}"`), conditions);
    const condition = index.print(word === undefined ? withConditions(query, [anyType]) : query, 'phrase');
    if (condition === undefined) return new Map();
    const facts = await countFacts({ reads: database.tables(), index, condition });
    return new Map(sums(facts, 'type').map(({ value, count }) => [value, count]));
  }
  const all = await countsOf(undefined);
  const total = [...all.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  const evidence: Evidence[] = [];
  for (const word of [...tellingWords(whole).keys()].slice(0, mostWords)) {
    const counts = await countsOf(word);
    const holding = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (holding < fewest) continue;
    const usual = holding / total;
    for (const type of entryTypes) {
      const rate = ((counts.get(type) ?? 0) + smoothing * usual) / ((all.get(type) ?? 0) + smoothing);
      evidence.push({ type, word, weight: worthOfWords * Math.log(rate / usual) });
    }
  }
  const prior = entryTypes.map((type) => ({
    type,
    word: '',
    weight: worthOfPrior * Math.log(((all.get(type) ?? 0) + 5) / (total + 5 * entryTypes.length)),
  }));
  return [...evidence, ...prior];
}

/** What is written most here is not what is written next. */
const worthOfPrior = 0.5;
const anyType = { kind: 'fact', name: 'type', values: [...entryTypes] } as const;
