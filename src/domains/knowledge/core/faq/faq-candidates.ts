/**
 * What people search for again and again, and what they never find, is worth a question with an answer (K-091). Nothing is
 * made of it by itself: somebody accepts or rejects.
 */
import { parseQuery, ratedWords } from '#engines/lexis';
import { nowInstant } from '#kernel/clock';
import { DAY } from '#kernel/units';

import type { FaqCandidate } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import { decidedFaq, putFaqDecision } from '../../store/faq-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { listUnanswered } from '../../store/unanswered-store.ts';
import { frequentQueries } from '../../store/usage-store.ts';
import { pairsOf, similarity, type TextPairs } from '../duplicates/text-similarity.ts';
import type { EntriesDeps, Writer } from '../entries/entry-changes.ts';
import { type Reader, scopeOf } from '../entries/reading-scope.ts';
import { narrowed } from '../search/narrow-query.ts';
import { searchLanguage } from '../search/search-language.ts';
import type { SearchDeps } from '../search/search-request.ts';
import { isAsked } from './faq-matches.ts';
import { foldedQuestion } from './folded-question.ts';
import { namedEntry, readableFaq } from './readable-faq.ts';

export interface FaqCandidates {
  /** The most frequent first. */
  faqCandidates(reader: Reader, limit: number): Promise<readonly FaqCandidate[]>;
  /** It is not proposed again. */
  rejectFaqCandidate(writer: Writer, question: string): Promise<void>;
}

/** Asked for less often, it may have been a whim. */
const leastSearches = 3;
const leastUnanswered = 2;
const mostLookedAt = 200;
/** Of the entries that match, as many of the newest are put in order. */
const mostRated = 500;
const lookedBackDays = 180;
/** From here on two wordings ask for the same. */
const sameQuestion = 0.6;

export function createFaqCandidates(deps: EntriesDeps & SearchDeps): FaqCandidates {
  const { database, unitOfWork, clock } = deps;
  return {
    async faqCandidates(reader, limit) {
      const reads = database.tables<KnowledgeTables>();
      const since = new Date(clock.now() - lookedBackDays * DAY).toISOString().slice(0, 10);
      const frequent = await frequentQueries(reads, since, mostLookedAt);
      const unanswered = await listUnanswered(reads, mostLookedAt);
      const counted = joinedCounts([
        ...frequent.map(({ query, searches, lastOn }) => ({ query, searches, unanswered: 0, lastOn })),
        ...unanswered.map(({ query, searches, lastOn }) => ({ query, searches: 0, unanswered: searches, lastOn })),
      ]);
      const [decided, answered] = [await decidedFaq(reads), await readableFaq(database, reader)];
      const open = groupsOf(counted).filter(
        ({ question, searches, unanswered: lost }) =>
          (searches >= leastSearches || lost >= leastUnanswered) &&
          !decided.has(foldedQuestion(question)) &&
          !answered.some((faq) => isAsked(question, faq)),
      );
      return await withEntries(reader, open.slice(0, limit));
    },

    rejectFaqCandidate: (actor, question) =>
      unitOfWork.write(actor, async (tx) => {
        const decided = { folded: foldedQuestion(question), at: nowInstant(clock), by: actor.name };
        await putFaqDecision(tx.tables<KnowledgeTables>(), { ...decided, decision: 'rejected' });
        const subject = { kind: 'knowledge-faq-candidate', id: decided.folded };
        await tx.audit({ action: 'knowledge.reject-faq-candidate', subject, result: 'done' });
      }),
  };

  /** Each with the first entry that holds all its words or others for them. */
  async function withEntries(reader: Reader, open: readonly Unanswered[]): Promise<readonly FaqCandidate[]> {
    const language = searchLanguage(clock.now());
    const asked = open.map((one) => {
      const query = parseQuery(one.question, language);
      const isWords = query.wanted.length > 0;
      const whole = narrowed(query, { q: one.question, limit: 1, scope: scopeOf(reader) });
      return { one, condition: isWords ? deps.index.print(whole, 'synonyms') : undefined };
    });
    const conditions = [...new Set(asked.flatMap(({ condition }) => condition ?? []))];
    const firsts = await deps.index.firsts(database.tables(), conditions, mostRated);
    const found = await findEntries(database.tables<KnowledgeTables>(), 'position', [...new Set(firsts.values())]);
    const entries = new Map(found.map((entry) => [entry.position, entry]));
    return asked.map(({ one, condition = '' }) => {
      return { ...one, entry: namedEntry(entries.get(firsts.get(condition) ?? -1)) };
    });
  }
}

type Unanswered = Omit<FaqCandidate, 'entry'>;

interface Counted {
  readonly query: string;
  readonly searches: number;
  readonly unanswered: number;
  readonly lastOn: string;
}

/** The same words from both lists become one; the most frequent first. */
function joinedCounts(counted: readonly Counted[]): readonly Counted[] {
  const groups = Map.groupBy(counted, ({ query }) => foldedQuestion(query));
  return [...groups.values()].map(summed).toSorted((a, b) => weightOf(b) - weightOf(a));
}

function weightOf({ searches, unanswered }: Pick<Counted, 'searches' | 'unanswered'>): number {
  return Math.max(searches, unanswered);
}

function summed(group: readonly Counted[]): Counted {
  const [first] = group;
  return {
    query: first?.query ?? '',
    searches: group.reduce((sum, { searches }) => sum + searches, 0),
    unanswered: group.reduce((sum, { unanswered }) => sum + unanswered, 0),
    lastOn:
      group
        .map(({ lastOn }) => lastOn)
        .toSorted()
        .at(-1) ?? '',
  };
}

/** Wordings of the same, under the most frequent one. */
function groupsOf(counted: readonly Counted[]): readonly Unanswered[] {
  const groups: Array<{ readonly key: string; readonly pairs: TextPairs; readonly of: Counted[] }> = [];
  for (const one of counted) {
    const [key, pairs] = [wordsKey(one.query), pairsOf({ title: '', body: one.query })];
    const group = groups.find((other) => other.key === key || similarity(other.pairs, pairs) >= sameQuestion);
    if (group === undefined) groups.push({ key, pairs, of: [one] });
    else group.of.push(one);
  }
  return groups
    .map(({ of }) => {
      const { query: question, ...counts } = summed(of);
      return { question, wordings: of.slice(1, 10).map(({ query }) => query), ...counts };
    })
    .toSorted((a, b) => weightOf(b) - weightOf(a));
}

/** The words that matter, in whatever order they were typed. */
function wordsKey(query: string): string {
  return ratedWords(parseQuery(query)).toSorted().join(' ') || foldedQuestion(query);
}
