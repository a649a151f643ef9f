/** The vocabulary for people and filter lists: own words, learned ones, and how often the catalogue has each. */
import { plainWord, type VocabularyAnswer, type VocabularyList, type VocabularyTerm } from '../../contract/index.ts';
import { countCatalogueValues } from '../../store/catalogue-value-counts.ts';
import { listObservedValues, readRefresh } from '../../store/vocabulary-store.ts';
import { type LearnDeps, refreshVocabulary } from './learn-listed-values.ts';
import { confidenceOf, isForgotten, isNews, type ObservedKind, type ObservedValue } from './observed-value.ts';
import { ownTerms, term } from './own-terms.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

export interface VocabularyRequest {
  readonly list?: VocabularyList | undefined;
  /** Only what Kura did not come with. */
  readonly learned: boolean;
}

/** Rights learned are listed beside Kura's own words for them; kinds of file are no filter and have no list. */
const listOf: Readonly<Partial<Record<ObservedKind, VocabularyList>>> = {
  type: 'types',
  base: 'bases',
  format: 'formats',
  right: 'licences',
  sort: 'sorts',
  period: 'periods',
};

/** Asks the site for its lists when the last answer is older than a day. @throws the signal's reason */
export async function readVocabulary(
  deps: LearnDeps,
  { list, learned }: VocabularyRequest,
  signal: AbortSignal,
): Promise<VocabularyAnswer> {
  const refresh = await refreshVocabulary(deps, signal);
  const last = await readRefresh(deps.database, deps.source.siteUrl);
  const own = learned ? [] : await withSightings(deps, list);
  const terms = [...own, ...(await learnedValues(deps)).flatMap(learnedTerm)];
  return {
    terms: terms.filter((one) => list === undefined || one.list === list),
    listedAt: last?.answeredAt ?? null,
    refreshFailed: refresh === 'failed',
  };
}

/** For searches: what is known now, without asking anybody. */
export async function loadVocabulary(deps: Pick<LearnDeps, 'database' | 'clock'>): Promise<Vocabulary> {
  return createVocabulary(await learnedValues(deps));
}

/** A word may have been learned by an older Kura that did not come with it. */
async function learnedValues({
  database,
  clock,
}: Pick<LearnDeps, 'database' | 'clock'>): Promise<readonly ObservedValue[]> {
  const observed = await listObservedValues(database);
  return observed.filter((one) => isNews(one.kind, one.value) && !isForgotten(one, clock.now()));
}

async function withSightings(
  { database }: LearnDeps,
  list: VocabularyList | undefined,
): Promise<readonly VocabularyTerm[]> {
  const counted = new Map<string, number>();
  for (const countable of ['types', 'bases', 'formats'] as const) {
    if (list !== undefined && list !== countable) continue;
    for (const { value, models } of await countCatalogueValues(database, countable)) {
      const key = `${countable} ${plainWord(value)}`;
      counted.set(key, (counted.get(key) ?? 0) + models);
    }
  }
  return ownTerms.map((one) => ({ ...one, sightings: counted.get(`${one.list} ${plainWord(one.value)}`) ?? 0 }));
}

function learnedTerm(observed: ObservedValue): readonly VocabularyTerm[] {
  const list = listOf[observed.kind];
  if (list === undefined) return [];
  const { value, sightings, firstSeenAt, lastSeenAt } = observed;
  const facts = { learned: true, confidence: confidenceOf(observed), sightings, firstSeenAt, lastSeenAt };
  return [term(list, { word: value, aliases: [] }, facts)];
}
