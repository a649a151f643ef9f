/** Finds the strictest reading of a query that anything answers. */
import {
  type Correction,
  droppableWords,
  isOnePiece,
  isSentence,
  parseQuery,
  type Query,
  type QueryLeaf,
  type Rung,
  regrouped,
  withoutWords,
} from '#engines/lexis';

import type { SearchAnswer } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { correctSpelling } from './correct-spelling.ts';
import { narrowed } from './narrow-query.ts';
import { searchLanguage } from './search-language.ts';
import type { AskedSearch, SearchDeps } from './search-request.ts';

export interface Matches {
  /** As typed or mended. */
  readonly query: Query;
  /** With every filter. */
  readonly narrowed: Query;
  readonly rung: Rung;
  /** What `narrowed` asks of the index on this rung. */
  readonly condition: string;
  readonly total: number;
  readonly matched: SearchAnswer['matched'];
  readonly corrections: readonly Correction[];
  readonly tried: SearchAnswer['tried'];
}

/** With as many hits that stand as typed, nobody misses those where the words are scattered. */
const enough = 10;

export async function findMatches(deps: SearchDeps, request: AskedSearch): Promise<Matches> {
  const typed = parseQuery(request.q, searchLanguage(deps.clock.now(), request.tagNames));
  return await new Finder(deps, request).find(typed);
}

/** Something was typed, but nothing in it can be searched for; that finds nothing, not everything. */
export function isUnsearchable({ root, ignored }: Query): boolean {
  return root === undefined && ignored.length > 0;
}

type Found = Omit<Matches, 'corrections' | 'tried'>;

class Finder {
  readonly #deps: SearchDeps;
  readonly #request: AskedSearch;
  readonly #tried: SearchAnswer['tried'][number][] = [];
  readonly #counted = new Map<string, number>();

  constructor(deps: SearchDeps, request: AskedSearch) {
    this.#deps = deps;
    this.#request = request;
  }

  async find(typed: Query): Promise<Matches> {
    const asTyped = await this.#withAllWords(typed);
    const isAnswered = asTyped.total >= enough || (asTyped.total > 0 && !isSentence(typed));
    if (isAnswered || typed.wanted.length === 0) return this.#matches(asTyped);
    if (asTyped.total > 0) return this.#matches((await this.#withSomeWords(typed)) ?? asTyped);
    for (const { query, corrections } of regrouped(typed)) {
      const found = await this.#withAllWords(query);
      if (found.total > 0) return this.#matches(found, corrections);
    }
    const corrected = await correctSpelling(typed, this.#deps.database.tables<KnowledgeTables>());
    const corrections = corrected?.corrections ?? [];
    const mended = corrected === undefined ? undefined : await this.#withAllWords(corrected.query);
    if (mended !== undefined && mended.total > 0) return this.#matches(mended, corrections);
    const tried = corrected?.query ?? typed;
    const partly = (await this.#withSomeWords(tried)) ?? (await this.#withoutAbsentWords(tried));
    return partly === undefined ? this.#matches(asTyped) : this.#matches(partly, corrections);
  }

  #matches(found: Found, corrections: readonly Correction[] = []): Matches {
    const steps = Map.groupBy(this.#tried, ({ matched }) => matched);
    const tried = [...steps].map(([matched, of]) => ({ matched, total: Math.max(...of.map(({ total }) => total)) }));
    return { ...found, corrections, tried };
  }

  /** As typed if that is enough, else word by word, else by other words for them. */
  async #withAllWords(query: Query): Promise<Found> {
    let best = await this.#onRung(query, 'phrase');
    for (const rung of ['words', 'synonyms'] as const) {
      if (best.total >= enough || (best.total > 0 && rung !== 'words') || query.wanted.length === 0) break;
      const found = await this.#onRung(query, rung);
      if (found.total > best.total) best = found;
    }
    return best;
  }

  /** For sentences, and for who asked for it. */
  async #withSomeWords(query: Query): Promise<Found | undefined> {
    if (this.#request.match !== 'any' && !isSentence(query) && !isOnePiece(query)) return undefined;
    for (const rung of ['some', 'fragments'] as const) {
      const found = await this.#onRung(query, rung);
      if (found.total > 0) return found;
    }
    return undefined;
  }

  /**
   * Where one word of several stands in nothing at all, what holds all the others, said to be in part. Words that stand
   * somewhere, only never together, are still wanted all.
   */
  async #withoutAbsentWords(query: Query): Promise<Found | undefined> {
    const absent: QueryLeaf[] = [];
    for (const leaf of droppableWords(query)) {
      const alone = narrowed({ ...query, root: leaf, wanted: [leaf] }, this.#request);
      const condition = this.#deps.index.print(alone, 'synonyms') ?? '';
      if ((await this.#deps.index.count(this.#deps.database.tables(), condition)) === 0) absent.push(leaf);
    }
    const rest = withoutWords(query, absent);
    if (rest === undefined) return undefined;
    const found = await this.#withAllWords(rest);
    return found.total > 0 ? { ...found, matched: 'fragments' } : undefined;
  }

  async #onRung(query: Query, rung: Rung): Promise<Found> {
    const { database, index } = this.#deps;
    const whole = narrowed(query, this.#request);
    const condition = index.print(whole, rung) ?? '';
    const total = await this.#count(condition, async () =>
      isUnsearchable(query) ? 0 : await index.count(database.tables(), condition),
    );
    const matched = matchedOn(rung, query);
    this.#tried.push({ matched, total });
    return { query, narrowed: whole, rung, condition, total, matched };
  }

  /** Rungs that differ in nothing are counted once. */
  async #count(condition: string, count: () => Promise<number>): Promise<number> {
    const before = this.#counted.get(condition);
    if (before !== undefined) return before;
    const total = await count();
    this.#counted.set(condition, total);
    return total;
  }
}

function matchedOn(rung: Rung, query: Query): Matches['matched'] {
  if (query.wanted.length === 0) return 'all';
  return rung === 'some' ? 'fragments' : rung;
}
