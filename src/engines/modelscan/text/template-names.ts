/** Variables of a template whose text is put together while it runs: nobody needs such a one to name a field. */
import type { Token } from './template-token.ts';

/** Filters, and methods of texts, that make one text of others. */
const joining: ReadonlySet<string> = new Set(['join', 'format', 'reverse', 'replace', 'translate']);
/** Filters whose result is a number, whatever they are given. */
const counting: ReadonlySet<string> = new Set(['length', 'count', 'int', 'float', 'round', 'abs']);

/** The names a statement gives such text to, through `set`, `with`, `for` and what a macro or a block returns. */
export function computedNames(tokens: readonly Token[], known: ReadonlySet<string>): readonly string[] {
  const [first, second] = tokens;
  if (first?.kind !== 'name' || second?.kind !== 'name') return [];
  if (first.value === 'macro') return [second.value];
  const split = tokens.findIndex(({ value }) => value === (first.value === 'for' ? 'in' : '='));
  if (first.value === 'set' && split < 0) return [second.value];
  if (!['set', 'with', 'for'].includes(first.value) || split < 0) return [];
  if (!joinsText(tokens.slice(split + 1), known)) return [];
  // Of a field only its own name, not that of the object it is in.
  return tokens
    .slice(1, split)
    .filter(({ kind }, index, targets) => kind === 'name' && targets[index + 1]?.value !== '.')
    .map(({ value }) => value);
}

/** Whether the value of these tokens is text put together here, or from text that was. */
export function joinsText(tokens: readonly Token[], known: ReadonlySet<string>): boolean {
  const last = tokens.findLastIndex(({ value }) => value !== ')');
  if (tokens[last - 1]?.value === '|' && counting.has(tokens[last]?.value ?? '')) return false;
  const texts = tokens.some(
    ({ kind }, index) => kind === 'text' && !(tokens[index - 1]?.value === '[' && tokens[index + 1]?.value === ']'),
  );
  return tokens.some(({ kind, value }, index) => {
    if (kind === 'name') {
      // Before `=` stands the name of an argument.
      const used = known.has(value) && tokens[index + 1]?.value !== '=';
      return used || (['|', '.'].includes(tokens[index - 1]?.value ?? '') && joining.has(value));
    }
    return kind === 'mark' && (value === '~' || (texts && (value === '+' || value === '%' || value === '*')));
  });
}

/** Whether one of them is used between brackets that open at `open`. */
export function subscriptUses(tokens: readonly Token[], open: number, names: ReadonlySet<string>): boolean {
  let depth = 0;
  for (const { kind, value } of tokens.slice(open)) {
    if (kind === 'mark' && value === '[') depth += 1;
    if (kind === 'mark' && value === ']') depth -= 1;
    if (kind === 'name' && names.has(value)) return true;
    if (depth === 0) return false;
  }
  return false;
}
