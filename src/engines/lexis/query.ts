/**
 * The query language: words separated by blanks must all match; "…" (also 「…」) must stand like that; -word and NOT word
 * must not occur; a OR b needs one of the two and binds tighter than the blank; parentheses group; field:value asks one
 * field of the given language. Anything is a query: what cannot be understood as an operator is text and said in
 * `literal`, what holds nothing to search for is reported in `ignored`, never dropped silently.
 */
import { analyse } from './analyse.ts';
import { plainLanguage, type QueryLanguage, type TextScope } from './query-fields.ts';
import type { LiteralPiece, LiteralReason, Query, QueryLeaf, QueryNode } from './query-node.ts';
import { cutQuery, type QueryToken, type TypedText } from './query-tokens.ts';
import { readDays } from './read-days.ts';

/** Beyond these nobody types; they keep the cost of one query in bounds. */
const longestQuery = 1000;
const mostLeaves = 32;
const deepest = 10;

/** Never throws. Complexity is linear in the length of `source`. */
export function parseQuery(source: string, language: QueryLanguage = plainLanguage): Query {
  const parser = new QueryParser(source.slice(0, longestQuery), language);
  const root = parser.parse();
  const { literal } = parser;
  const ignored = source.length > longestQuery ? [source.slice(longestQuery), ...parser.ignored] : parser.ignored;
  return { source, language, root, wanted: root === undefined ? [] : wantedLeaves(root), ignored, literal };
}

class QueryParser {
  readonly ignored: string[] = [];
  readonly literal: LiteralPiece[] = [];
  readonly #language: QueryLanguage;
  readonly #tokens: readonly QueryToken[];
  #index = 0;
  #leaves = 0;

  constructor(source: string, language: QueryLanguage) {
    const { tokens, literal } = cutQuery(source, language);
    this.#language = language;
    this.#tokens = tokens;
    this.literal.push(...literal);
  }

  parse(): QueryNode | undefined {
    return this.#all(0);
  }

  /** Up to the end, or to the sign that closes the group. */
  #all(depth: number): QueryNode | undefined {
    const groups: QueryNode[][] = [];
    let joins = false;
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      if (token.kind === 'close') {
        if (depth > 0) break;
        // Of a group beyond the limit.
        this.#index += 1;
        continue;
      }
      if ((token.kind === 'or' || token.kind === 'and') && groups.length > 0) {
        this.#index += 1;
        if (this.#peek() === undefined) this.#note(token.sign, 'nothing-to-join');
        joins = token.kind === 'or';
        continue;
      }
      const node = this.#one(token, depth);
      if (node === undefined) continue;
      if (joins) groups.at(-1)?.push(node);
      else groups.push([node]);
      joins = false;
    }
    const nodes = groups.flatMap((group) => combined('any', group) ?? []);
    return combined('all', nodes);
  }

  #one(token: QueryToken, depth: number): QueryNode | undefined {
    this.#index += 1;
    switch (token.kind) {
      case 'text':
        return this.#leaf(token, undefined);
      case 'field':
        return this.#field(token);
      case 'open':
        return this.#group(token, depth);
      case 'not':
        return this.#denied(token, depth);
      default:
        // `OR` with nothing before it is a word.
        this.#note(token.sign, 'nothing-to-join');
        return this.#leaf({ text: token.sign, quoted: false, start: token.start }, undefined);
    }
  }

  #denied(token: QueryToken & { readonly sign: string }, depth: number): QueryNode | undefined {
    const next = this.#peek();
    if (next === undefined || next.kind === 'close' || next.kind === 'or' || next.kind === 'and') {
      this.#note(token.sign, 'nothing-to-join');
      return this.#leaf({ text: token.sign, quoted: false, start: token.start }, undefined);
    }
    if (depth >= deepest) return this.#tooDeep(token);
    const node = this.#one(next, depth + 1);
    if (node?.kind === 'not') return node.node;
    return node === undefined ? undefined : { kind: 'not', node };
  }

  /** Beyond the limit signs are left out, and what is between them stays. */
  #tooDeep(token: { readonly sign: string }): undefined {
    this.#note(token.sign, 'too-deep');
    return undefined;
  }

  #group(token: QueryToken & { readonly sign: string }, depth: number): QueryNode | undefined {
    if (depth >= deepest) return this.#tooDeep(token);
    const node = this.#all(depth + 1);
    if (this.#peek() === undefined) this.#note(token.sign, 'unclosed-group');
    else this.#index += 1;
    return node;
  }

  #field(token: QueryToken & { readonly kind: 'field' }): QueryNode | undefined {
    const { field, values, typed, start } = token;
    if (this.#leaves === mostLeaves) {
      this.ignored.push(typed);
      return undefined;
    }
    if (field.kind !== 'scope') this.#leaves += 1;
    switch (field.kind) {
      case 'scope':
        return combined(
          'any',
          values.flatMap((value) => this.#leaf(value, field.scope) ?? []),
        );
      case 'fact': {
        const read = values.map(({ text }) => field.read(text));
        const known = read.filter((value) => value !== undefined);
        if (known.length < read.length) return this.#unreadable(typed, start);
        return { kind: 'fact', name: field.name, values: known };
      }
      default: {
        const days = readDays(values.map(({ text }) => text).join(','), this.#language.now);
        return days === undefined ? this.#unreadable(typed, start) : { kind: 'days', name: field.name, ...days };
      }
    }
  }

  #unreadable(text: string, start: number): QueryNode | undefined {
    this.#note(text, 'unreadable-value');
    return this.#leaf({ text, quoted: false, start }, undefined);
  }

  #leaf({ text, quoted, start }: TypedText, scope: TextScope | undefined): QueryLeaf | undefined {
    const terms = analyse(text);
    if (terms.length === 0 || this.#leaves === mostLeaves) {
      if (text.trim() !== '') this.ignored.push(text);
      return undefined;
    }
    this.#leaves += 1;
    const leaf: QueryLeaf = {
      kind: quoted ? 'phrase' : 'words',
      text,
      start,
      end: start + text.length,
      terms,
    };
    return scope === undefined ? leaf : { ...leaf, scope };
  }

  #note(text: string, reason: LiteralReason): void {
    this.literal.push({ text, reason });
  }

  #peek(): QueryToken | undefined {
    return this.#tokens[this.#index];
  }
}

/** A group of the same kind needs no parentheses of its own. */
function combined(kind: 'all' | 'any', nodes: readonly QueryNode[]): QueryNode | undefined {
  const flat = nodes.flatMap((node) => (node.kind === kind ? node.nodes : [node]));
  const [only] = flat;
  return flat.length < 2 ? only : { kind, nodes: flat };
}

function wantedLeaves(node: QueryNode): readonly QueryLeaf[] {
  switch (node.kind) {
    case 'words':
    case 'phrase':
      return [node];
    case 'all':
    case 'any':
      return node.nodes.flatMap(wantedLeaves);
    default:
      return [];
  }
}
