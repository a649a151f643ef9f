/**
 * Jinja chat templates: reads the expressions of the template language and looks for ways out of its sandbox. Text
 * outside of expressions is data, whatever it says.
 */
import type { Scope } from '../scope.ts';
import { reachesByArgument } from './template-arguments.ts';
import { computedNames, subscriptUses } from './template-names.ts';
import type { Token } from './template-token.ts';

/** Names that only lead inside the interpreter. */
const internalNames =
  /__[a-z]+__|\b(?:f_globals|f_locals|f_builtins|gi_frame|gi_code|cr_frame|cr_code|ag_frame|ag_code|func_globals|func_code|im_func|im_self|tb_frame|co_code|mro|_module|_TemplateReference__context)\b/i;

/** Parts of such names, as they are put together from. */
const internalPart = /^__?[a-z]*$|^[a-z]+__$|%c/i;
const internalWords: ReadonlySet<string> = new Set(
  'class base bases mro subclasses globals builtins init import getattribute popen'.split(' '),
);

/** Helpers of web frameworks and of Jinja itself that reach the interpreter. */
const internalHelpers: ReadonlySet<string> = new Set(['lipsum', 'self', 'request', 'get_flashed_messages', 'url_for']);

/** Statements that read other files. */
const loadingStatements: ReadonlySet<string> = new Set(['include', 'import', 'extends', 'from']);

/** Whether anything in a text looks like the way into the interpreter, wherever it stands. */
export function hasInternalNames(text: string): boolean {
  return internalNames.test(text);
}

const blockPattern = /\{\{[-+]?|\{%[-+]?|\{#/g;
const tokenPattern =
  /\s*(?:([\p{L}\p{Pc}][\p{L}\p{M}\p{N}\p{Pc}]*)|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|(\d[\d_.eE]*)|(\*\*|\/\/|[=!<>]=|[-+*/%~()[\]{},.:|=<>]))/uy;

export interface TemplateOptions {
  /** What cannot be read is no template, then. */
  readonly onlyInternals?: boolean;
}

export function judgeTemplate(
  scope: Scope,
  template: string,
  place: string,
  { onlyInternals = false }: TemplateOptions = {},
): void {
  const computed = new Set<string>();
  let position = 0;
  for (;;) {
    blockPattern.lastIndex = position;
    const open = blockPattern.exec(template);
    if (open === null) return;
    const block = readBlock(template, open);
    if (block === undefined) {
      if (onlyInternals) return;
      scope.report('template-unparsed', {
        offset: open.index,
        evidence: `${place}: ${template.slice(open.index, open.index + 80)}`,
      });
      return;
    }
    const statement = open[0].startsWith('{%');
    for (const evidence of escapes(block.tokens, statement, computed)) {
      scope.report('template-internals', { offset: open.index, evidence: `${place}: ${evidence}` });
    }
    const captured = capturedText(template, block);
    if (internalNames.test(captured))
      scope.report('template-internals', { offset: block.end, evidence: `${place}: ${captured.trim()}` });
    if (statement) for (const name of computedNames(block.tokens, computed)) computed.add(name);
    position = isRaw(block.tokens) ? afterRaw(template, block.end) : block.end;
  }
}

/** What `set` without a value and `macro` make a value of: the text up to their end. */
function capturedText(template: string, { tokens, end }: Block): string {
  const [first, , third] = tokens;
  const captures =
    first?.value === 'macro' || (first?.value === 'set' && third?.value !== '=' && !tokens.some(isAssignment));
  if (!captures || first.kind !== 'name') return '';
  const close = new RegExp(`\\{%[-+]?\\s*end${first.value}\\s*[-+]?%\\}`, 'g');
  close.lastIndex = end;
  return withoutTags(template.slice(end, close.exec(template)?.index ?? end));
}

/** Each tag as one space. Without an end there are no further ones to look for, however many begin. */
function withoutTags(text: string): string {
  const opening = /\{[{%#]/g;
  const closing = /[}%#]\}/g;
  const rest: string[] = [];
  let from = 0;
  for (let open = opening.exec(text); open !== null; open = opening.exec(text)) {
    closing.lastIndex = open.index + 2;
    const close = closing.exec(text);
    if (close === null) break;
    rest.push(text.slice(from, open.index));
    from = close.index + 2;
    opening.lastIndex = from;
  }
  return [...rest, text.slice(from)].join(' ');
}

function isAssignment({ kind, value }: Token): boolean {
  return kind === 'mark' && value === '=';
}

interface Block {
  readonly tokens: readonly Token[];
  readonly end: number;
}

function readBlock(template: string, open: RegExpExecArray): Block | undefined {
  if (open[0] === '{#') {
    const end = template.indexOf('#}', open.index);
    return end < 0 ? undefined : { tokens: [], end: end + 2 };
  }
  const close = open[0].startsWith('{{') ? '}}' : '%}';
  const tokens: Token[] = [];
  let at = open.index + open[0].length;
  let depth = 0;
  for (;;) {
    const end = /\s*[-+]?/y;
    end.lastIndex = at;
    const space = end.exec(template)?.[0].length ?? 0;
    if (depth === 0 && template.startsWith(close, at + space)) return { tokens, end: at + space + 2 };
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(template);
    if (match === null) return undefined;
    const token = tokenOf(match);
    if ('([{'.includes(token.value) && token.kind === 'mark') depth += 1;
    if (')]}'.includes(token.value) && token.kind === 'mark') depth -= 1;
    at = tokenPattern.lastIndex;
    const previous = tokens.at(-1);
    // Texts beside each other are one (Jinja's parser, as Python's).
    if (token.kind === 'text' && previous?.kind === 'text')
      tokens.splice(-1, 1, { ...previous, value: previous.value + token.value });
    else tokens.push(token);
  }
}

function tokenOf(match: RegExpExecArray): Token {
  const [, name, double, single, number, mark] = match;
  const offset = match.index;
  const quoted = double ?? single;
  // Python folds compatibility forms of letters in names (PEP 3131).
  if (name !== undefined) return { kind: 'name', value: name.normalize('NFKC'), offset };
  if (quoted !== undefined) return { kind: 'text', value: decodeEscapes(quoted), offset };
  return number === undefined ? { kind: 'mark', value: mark ?? '', offset } : { kind: 'number', value: number, offset };
}

/** As Python's codec `unicode-escape` does, through which Jinja reads every text. */
function decodeEscapes(text: string): string {
  return text.replaceAll(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]{1,88}\}|[0-7]{1,3}|\r?\n|[\s\S])/g,
    (whole, escape: string) => {
      if (escape.endsWith('\n')) return '';
      if (escape.startsWith('N{')) return namedCharacter(escape.slice(2, -1)) ?? whole;
      if (escape.length > 1 && /^[xuU]/.test(escape)) return codePoint(Number.parseInt(escape.slice(1), 16), whole);
      return /^[0-7]/.test(escape) ? codePoint(Number.parseInt(escape, 8), whole) : escape;
    },
  );
}

/** What names are made of, by its name in Unicode; undefined for the rest. */
function namedCharacter(name: string): string | undefined {
  const upper = name.toUpperCase();
  return upper === 'LOW LINE' ? '_' : /^LATIN (?:SMALL|CAPITAL) LETTER ([A-Z])$/.exec(upper)?.[1]?.toLowerCase();
}

function codePoint(value: number, otherwise: string): string {
  return value <= 0x10_ffff ? String.fromCodePoint(value) : otherwise;
}

function isRaw(tokens: readonly Token[]): boolean {
  return tokens.length === 1 && tokens[0]?.value === 'raw';
}

function afterRaw(template: string, start: number): number {
  const end = /\{%[-+]?\s*endraw\s*[-+]?%\}/g;
  end.lastIndex = start;
  return end.exec(template) === null ? template.length : end.lastIndex;
}

/** What in one block leads out of the template's world. */
function escapes(tokens: readonly Token[], statement: boolean, computed: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const first = tokens[0];
  if (statement && first?.kind === 'name' && loadingStatements.has(first.value)) found.push(first.value);
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1]?.value;
    if (token.kind === 'name' && isEscape(token.value, before, tokens[index + 1]?.value))
      found.push(`${before ?? ''}${token.value}`);
    if (statement && index === 1 && first?.value === 'filter' && token.value === 'attr') found.push('filter attr');
    const byArgument = reachesByArgument(tokens, index, computed);
    if (byArgument !== undefined) found.push(byArgument);
    if (token.kind === 'text' && (internalNames.test(token.value) || isPart(tokens, index))) found.push(token.value);
    if (token.value !== '[' || token.kind !== 'mark' || !isSubscript(tokens, index)) continue;
    if (computesName(tokens, index) || subscriptUses(tokens, index, computed)) found.push('name put together in [ ]');
  }
  return found;
}

/** A piece of an internal name beside something that joins texts: `'__cla' ~ 'ss__'`, `'_' * 2 ~ 'class'`. */
function isPart(tokens: readonly Token[], index: number): boolean {
  const text = tokens[index]?.value ?? '';
  const bare = text.replaceAll('_', '');
  const part =
    (bare !== text && (internalWords.has(bare) || (text !== '_' && internalPart.test(text)))) || text.includes('%c');
  const joined = [tokens[index - 1], tokens[index + 1]].some(
    (beside) => beside?.kind === 'mark' && ['~', '+', '*', '%', '|'].includes(beside.value),
  );
  if (part && text.includes('__')) return true;
  return joined && (part || internalWords.has(text));
}

function isEscape(name: string, before: string | undefined, after: string | undefined): boolean {
  if (before === '|' && name === 'attr') return true;
  if (before === '.' && (name.startsWith('_') || name === 'mro')) return true;
  if (name.startsWith('__') || name.endsWith('__')) return true;
  if (internalNames.test(name)) return true;
  return (
    before !== '.' &&
    internalHelpers.has(name) &&
    after !== '=' &&
    (after === '.' || after === '[' || after === '(' || after === '|')
  );
}

/** Words of the language behind which a list begins, not a subscript. */
const operatorWords: ReadonlySet<string> = new Set('in not is if else and or return'.split(' '));

function isSubscript(tokens: readonly Token[], open: number): boolean {
  const before = tokens[open - 1];
  if (before === undefined) return false;
  if (before.kind === 'name') return !operatorWords.has(before.value);
  return before.kind === 'text' || before.value === ')' || before.value === ']';
}

/** A subscript whose text is joined, formatted or turned around: nobody needs that to name a field. */
function computesName(tokens: readonly Token[], open: number): boolean {
  let depth = 0;
  let text = false;
  let computed = false;
  for (const [index, token] of tokens.slice(open).entries()) {
    const isMethod = token.kind === 'name' && tokens[open + index - 1]?.value === '.';
    if (isMethod && tokens[open + index + 1]?.value === '(') computed = true;
    if (token.kind === 'text') text = true;
    if (token.kind === 'mark' && ['~', '+', '|', '%', '*'].includes(token.value)) computed = true;
    if (token.kind === 'mark' && token.value === '[') depth += 1;
    if (token.kind === 'mark' && token.value === ']') depth -= 1;
    if (depth === 0) break;
  }
  return text && computed;
}
