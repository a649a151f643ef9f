/** Arguments of filters that are names of fields or of other filters: a way to a field without `.` and `[ ]`. */
import { joinsText } from './template-names.ts';
import type { Token } from './template-token.ts';

/** Filters that take the name of a field as `attribute=`. */
const byField: ReadonlySet<string> = new Set(
  'map groupby selectattr rejectattr sort unique sum min max join'.split(' '),
);
/** Those of them whose first argument is the name. */
const byFirst: ReadonlySet<string> = new Set(['groupby', 'selectattr', 'rejectattr']);

/** What is wrong with the arguments of the filter at `index`, if it is one of these. */
export function reachesByArgument(
  tokens: readonly Token[],
  index: number,
  computed: ReadonlySet<string>,
): string | undefined {
  const filter = tokens[index];
  const isFilter = tokens[index - 1]?.value === '|' || (index === 1 && tokens[0]?.value === 'filter');
  if (filter?.kind !== 'name' || !isFilter || tokens[index + 1]?.value !== '(' || !byField.has(filter.value))
    return undefined;
  for (const [position, argument] of argumentsAt(tokens, index + 1).entries()) {
    const isField = argument[0]?.value === 'attribute' && argument[1]?.value === '=';
    const value = isField ? argument.slice(2) : argument;
    if ((isField || (position === 0 && byFirst.has(filter.value))) && joinsText(value, computed))
      return 'name of a field put together';
    if (!isField && position === 0 && filter.value === 'map' && reachesByFilter(value)) return 'map(attr)';
  }
  return undefined;
}

/** `map` calls the filter of that name, and `attr` is one. */
function reachesByFilter(value: readonly Token[]): boolean {
  const [only] = value;
  if (only === undefined) return false;
  return value.length > 1 || only.kind !== 'text' || only.value === 'attr';
}

/** The arguments between the brackets that open at `open`. */
function argumentsAt(tokens: readonly Token[], open: number): readonly (readonly Token[])[] {
  const found: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(open)) {
    if (token.kind === 'mark' && ')]}'.includes(token.value)) depth -= 1;
    if (depth === 0 && token.value === ')') break;
    if (depth === 1 && token.kind === 'mark' && token.value === ',') found.push([]);
    else if (depth > 0) found.at(-1)?.push(token);
    if (token.kind === 'mark' && '([{'.includes(token.value)) depth += 1;
  }
  return found;
}
