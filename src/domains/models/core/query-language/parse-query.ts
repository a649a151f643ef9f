/**
 * The query language: words must all be there, `OR` binds tighter than the blank between words, `NOT` or a minus sign
 * denies, parentheses group, "…" stands there as written, `field:value` asks one field. Everything that is no sign of
 * the language is text, so that addresses, smileys and names such as `saber_(fate)` can be pasted as they are.
 */
import { isKuraError, KuraError } from '#kernel/errors';

import { positionIn, queryLimits } from './query-hints.ts';
import type { QueryNode } from './query-node.ts';
import { anyOf, type QueryText, readCondition } from './read-condition.ts';
import { type Token, tokenise } from './tokenise.ts';

export type ParsedQuery = { readonly node: QueryNode } | { readonly error: KuraError };

/**
 * Never throws. An empty text asks for nothing and therefore finds everything.
 * @param now Milliseconds since the epoch: where spans such as `30d` count back from.
 * @returns Or an error `models.query-…` that says where and what was expected.
 */
export function parseQuery(source: string, now: number): ParsedQuery {
  try {
    if (source.length > queryLimits.length) {
      throw new KuraError('invalid', 'models.query-too-long', {
        params: { limit: queryLimits.length, length: source.length },
      });
    }
    return { node: new Parser({ source, now }).parse() };
  } catch (error) {
    if (isKuraError(error)) return { error };
    throw error;
  }
}

class Parser {
  readonly #query: QueryText;
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(query: QueryText) {
    this.#query = query;
    this.#tokens = tokenise(query.source);
    const surplus = this.#tokens[queryLimits.parts];
    if (surplus !== undefined) {
      throw new KuraError('invalid', 'models.query-too-many-parts', { params: { limit: queryLimits.parts } });
    }
  }

  parse(): QueryNode {
    return this.#all(0);
  }

  /** Up to the end, or to the sign that closes the group. */
  #all(depth: number): QueryNode {
    const nodes: QueryNode[] = [];
    for (let token = this.#peek(); token !== undefined && token.kind !== 'close'; token = this.#peek()) {
      if (token.kind === 'and') this.#requireOperand(token, nodes.length > 0);
      nodes.push(...partsOf('all', this.#any(depth)));
    }
    return allOf(nodes);
  }

  #any(depth: number): QueryNode {
    const nodes: QueryNode[] = [...partsOf('any', this.#one(depth))];
    for (let token = this.#peek(); token?.kind === 'or'; token = this.#peek()) {
      this.#requireOperand(token, true);
      nodes.push(...partsOf('any', this.#one(depth)));
    }
    return anyOf(nodes);
  }

  #one(depth: number): QueryNode {
    const token = this.#peek();
    switch (token?.kind) {
      case 'text':
        this.#index += 1;
        return { kind: 'text', field: 'text', text: token.text, exact: token.exact };
      case 'field':
        this.#index += 1;
        return readCondition(token, this.#query);
      case 'not':
        this.#requireOperand(token, true);
        return denied(this.#one(this.#deeper(depth, token)));
      case 'open':
        return this.#group(token, depth);
      default:
        // `OR` or `AND` with nothing before it.
        throw this.#operandMissing(token);
    }
  }

  #group(token: Token, depth: number): QueryNode {
    this.#index += 1;
    const node = this.#all(this.#deeper(depth, token));
    const end = this.#peek();
    const params = { position: this.#positionOf(token) };
    if (end === undefined) throw new KuraError('invalid', 'models.query-unclosed-group', { params });
    if (this.#tokens[this.#index - 1] === token) throw new KuraError('invalid', 'models.query-empty-group', { params });
    this.#index += 1;
    return node;
  }

  /** Steps over a sign that needs something behind it. */
  #requireOperand(token: Token, hasLeft: boolean): void {
    this.#index += 1;
    const next = this.#peek();
    const isOperand = next !== undefined && next.kind !== 'close' && next.kind !== 'or' && next.kind !== 'and';
    if (!hasLeft || !isOperand) throw this.#operandMissing(token);
  }

  #deeper(depth: number, token: Token): number {
    if (depth >= queryLimits.depth) {
      throw new KuraError('invalid', 'models.query-too-deep', {
        params: { limit: queryLimits.depth, position: this.#positionOf(token) },
      });
    }
    return depth + 1;
  }

  #operandMissing(token: Token | undefined): KuraError {
    const at = token?.at ?? this.#query.source.length;
    const sign = /^(?:[-－−]|[^\s()（）]+)/u.exec(this.#query.source.slice(at))?.[0] ?? '';
    return new KuraError('invalid', 'models.query-operand-missing', {
      params: { position: positionIn(this.#query.source, at), sign },
    });
  }

  #positionOf({ at }: Token): number {
    return positionIn(this.#query.source, at);
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#index];
  }
}

/** Words side by side are one text: each of them must be there. */
function allOf(nodes: readonly QueryNode[]): QueryNode {
  const joined: QueryNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (last !== undefined && isWords(last) && isWords(node)) {
      joined[joined.length - 1] = { ...last, text: `${last.text} ${node.text}` };
    } else joined.push(node);
  }
  const [first] = joined;
  return joined.length === 1 && first !== undefined ? first : { kind: 'all', nodes: joined };
}

type TextNode = Extract<QueryNode, { kind: 'text' }>;

function isWords(node: QueryNode): node is TextNode {
  return node.kind === 'text' && node.field === 'text' && !node.exact;
}

/** A group of the same kind needs no parentheses of its own. */
function partsOf(kind: 'all' | 'any', node: QueryNode): readonly QueryNode[] {
  return node.kind === kind ? node.nodes : [node];
}

function denied(node: QueryNode): QueryNode {
  return node.kind === 'not' ? node.node : { kind: 'not', node };
}
