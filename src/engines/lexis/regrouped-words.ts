/** Names of several English words are written in one and apart: PowerShell, power shell. */
import { parseQuery } from './query.ts';
import type { Query, QueryLeaf } from './query-node.ts';
import type { Correction } from './spelling.ts';

/** CrashLoopBackOff is four. */
const mostJoined = 4;
/** Every try is a search of its own. */
const mostWords = 6;

export interface RegroupedQuery {
  readonly query: Query;
  readonly corrections: readonly Correction[];
}

/** The query with neighbours written as one word, the most of them first, or its words of several parts taken apart. */
export function* regrouped(query: Query): Generator<RegroupedQuery> {
  const { wanted } = query;
  if (wanted.length > mostWords) return;
  const apart = wanted
    .filter(({ kind, text }) => kind === 'words' && /^[A-Za-z]{3,60}$/.test(text))
    .flatMap(takenApart);
  if (apart.length > 0) yield replaced(query, apart);
  for (let count = Math.min(mostJoined, wanted.length); count > 1; count -= 1) {
    for (let from = 0; from + count <= wanted.length; from += 1) {
      const run = wanted.slice(from, from + count);
      const [first, last] = [run[0], run.at(-1)];
      if (first === undefined || last === undefined || !areNeighbours(query, run)) continue;
      yield replaced(query, [{ start: first.start, end: last.end, to: run.map(({ text }) => text).join('') }]);
    }
  }
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

function takenApart({ text, start, end }: QueryLeaf): readonly Replacement[] {
  const to = text.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return to === text ? [] : [{ start, end, to }];
}

/** Plain words with nothing but blanks between them. */
function areNeighbours({ source }: Query, run: readonly QueryLeaf[]): boolean {
  return run.every(({ kind, text, scope, start }, place) => {
    const before = run[place - 1];
    const gap = before === undefined ? ' ' : source.slice(before.end, start);
    return kind === 'words' && scope === undefined && /^[A-Za-z]{1,30}$/.test(text) && /^[ \u3000]+$/.test(gap);
  });
}

function replaced({ source, language }: Query, parts: readonly Replacement[]): RegroupedQuery {
  let text = source;
  for (const { start, end, to } of parts.toReversed()) text = text.slice(0, start) + to + text.slice(end);
  const corrections = parts.map(({ start, end, to }) => ({ from: source.slice(start, end), to }));
  return { query: parseQuery(text, language), corrections };
}
