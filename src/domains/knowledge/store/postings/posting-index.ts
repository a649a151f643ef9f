/**
 * The index on PostgreSQL: posting lists of our own (ADR 0039). GIN finds the entries that hold some terms, but has to
 * read each of their vectors to know where the terms stand in it, which of a frequent word are most of the table.
 */
import { sql } from 'kysely';

import { everyText } from '#engines/lexis';
import type { ReadTables } from '#platform/db';

import type { PlacedText, SearchIndex } from '../search-index.ts';
import { type Answered, Postings } from './ask-postings.ts';
import { type IndexCondition, printCondition, readCondition } from './index-condition.ts';
import { mergeSome } from './merge-segments.ts';
import { addSegment, KnownSegments, removeEntries } from './segment-tables.ts';

/** One writer of so many looks whether segments should be joined. */
const addsPerMerge = 16;

export function createPostingIndex(): SearchIndex {
  const known = new KnownSegments();
  return indexWith(() => new Question(known));
}

/** What was asked once is not asked again. */
class Question {
  readonly #postings: Postings;
  readonly #answers = new Map<string, Answered>();

  constructor(known: KnownSegments) {
    this.#postings = new Postings(known);
  }

  async answers(reads: ReadTables<unknown>, conditions: readonly string[]): Promise<readonly Answered[]> {
    const open = [...new Set(conditions)].filter((condition) => !this.#answers.has(condition));
    const answers = await this.#postings.ask(reads, open.map(readCondition));
    for (const [place, condition] of open.entries()) {
      const answer = answers[place];
      if (answer !== undefined) this.#answers.set(condition, answer);
    }
    return conditions.flatMap((condition) => this.#answers.get(condition) ?? []);
  }

  async answer(reads: ReadTables<unknown>, condition: string): Promise<Answered> {
    const [answer] = await this.answers(reads, [condition]);
    if (answer === undefined) throw new RangeError('no answer to a condition');
    return answer;
  }

  async ask(reads: ReadTables<unknown>, condition: IndexCondition): Promise<readonly Answered[]> {
    return await this.#postings.ask(reads, [condition]);
  }
}

function indexWith(question: () => Question): SearchIndex {
  return {
    asking() {
      const one = question();
      return indexWith(() => one);
    },

    print: printCondition,
    indexed: sql`(select position from knowledge_index)`,

    async add(tables, texts) {
      if (texts.length === 0) return;
      const generation = await addSegment(tables, texts);
      if (generation % addsPerMerge === 0) await mergeSome(tables, false);
    },

    async remove(tables, positions) {
      if (positions.length > 0) await removeEntries(tables, positions);
    },

    // The planner knows nothing of tables that were just filled.
    async tidy(tables) {
      const goesOn = await mergeSome(tables, true);
      if (!goesOn) await sql`analyze knowledge_index_segments, knowledge_index_blocks, knowledge_index`.execute(tables);
      return goesOn;
    },

    count: async (reads, condition) => (await question().answer(reads, condition)).total,

    async best(reads, condition, { limit, among }) {
      return (await question().answer(reads, condition)).scored(among).slice(0, limit);
    },

    async firsts(reads, conditions, among) {
      const answers = await question().answers(reads, conditions);
      return new Map(
        conditions.flatMap((condition, place) => {
          const [best] = answers[place]?.scored(among) ?? [];
          return best === undefined ? [] : [[condition, best.position] as const];
        }),
      );
    },

    async further(reads, condition, before, { limit, offset }) {
      const seen = new Set(before);
      const all = (await question().answer(reads, condition)).scored(Number.POSITIVE_INFINITY);
      return all.filter(({ position }) => !seen.has(position)).slice(offset, offset + limit);
    },

    async newest(reads, conditions, limit) {
      const answers = await question().answers(reads, conditions);
      return answers.map((answered) => answered.newest(limit));
    },

    async matched(reads, condition) {
      const positions = (await question().answer(reads, condition)).newest();
      return sql`(select unnest(${positions}::bigint[]) as position)`;
    },

    withEntryFacts: sql`join knowledge_entries e on e.position = m.position`,

    async holds(reads, text) {
      const condition: IndexCondition = { op: 'and', parts: partsOf(text) };
      const [answered] = await question().ask(reads, condition);
      return answered?.newest().includes(text.position) === true;
    },
  };
}

/** How title and text begin, and all that is known besides. */
function partsOf({ title, body, facts }: PlacedText): readonly IndexCondition[] {
  const texts = [
    ['title', title],
    ['body', body],
  ] as const;
  const beginnings = texts.flatMap(([scope, text]): readonly IndexCondition[] => {
    const terms = text.split(' ', 12);
    const end = terms.indexOf(everyText);
    const placed = end < 0 ? terms : terms.slice(0, end);
    return placed.length === 0 ? [] : [{ op: 'phrase', terms: placed, prefix: false, scope }];
  });
  return [...beginnings, ...facts.split(' ').map(factCondition)];
}

function factCondition(fact: string): IndexCondition {
  return { op: 'phrase', terms: [fact], prefix: false };
}
