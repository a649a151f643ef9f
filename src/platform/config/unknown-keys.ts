/** Names nobody reads are refused, with the name that was probably meant. */
import type { FieldFault } from '#kernel/errors';

import type { Environment } from './environment.ts';
import { options, reservedVariables } from './options.ts';

export function unknownVariables(environment: Environment): FieldFault[] {
  const known = new Set([
    ...reservedVariables,
    ...options.map((entry) => entry.variable),
    ...options.filter((entry) => entry.meta.secret === true).map((entry) => `${entry.variable}_FILE`),
  ]);
  return Object.keys(environment)
    .filter((name) => name.startsWith('KURA_') && !known.has(name))
    .map((name) => unknownKey(name, [...known]));
}

export function unknownKey(name: string, known: readonly string[]): FieldFault {
  const nearest = nearestName(name, known);
  const reason = nearest === undefined ? 'unknown setting' : `unknown setting; did you mean ${nearest}?`;
  return { path: name, code: 'config.unknown-key', params: { reason } };
}

/** The known name within a third of the length in edit distance, or undefined. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(name.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .toSorted((left, right) => left.distance - right.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= limit ? best.candidate : undefined;
}

/** Levenshtein distance, two rows of the classic table. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
