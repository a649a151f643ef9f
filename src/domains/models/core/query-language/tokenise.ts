/** Cuts a typed query into its parts. Full-width signs count as their narrow twins; what is no sign is text. */
import { KuraError } from '#kernel/errors';

import { findField } from './query-fields.ts';
import { fieldExamples, positionIn } from './query-hints.ts';
import type { QueryField } from './query-node.ts';

export interface TypedValue {
  readonly text: string;
  readonly quoted: boolean;
}

export type Token = { readonly at: number } & (
  | { readonly kind: 'open' | 'close' | 'or' | 'and' | 'not' }
  | { readonly kind: 'text'; readonly text: string; readonly exact: boolean }
  | { readonly kind: 'field'; readonly field: QueryField; readonly values: readonly TypedValue[] }
);

const SPACE = /\s/u;
const OPEN = /[(（]/u;
const CLOSE = /[)）]/u;
const COMMA = /[,，、]/u;
const MINUS = /[-－−]/u;
const fieldPrefix = /(?<name>[\p{L}][\p{L}\p{N}_-]*)[:：]/uy;
const comparison = /[<>＜＞≤≥]\s*[=＝]?\s*/uy;

/** Each way to open a quotation with the signs that may close it. */
const closers: Readonly<Record<string, RegExp>> = {
  '"': /["“”＂]/u,
  '“': /["“”＂]/u,
  '”': /["“”＂]/u,
  '＂': /["“”＂]/u,
  '「': /」/u,
  '『': /』/u,
};

/** Capitals only: `or` and `not` are words. */
const operators: Readonly<Record<string, 'or' | 'and' | 'not'>> = {
  OR: 'or',
  '|': 'or',
  '||': 'or',
  AND: 'and',
  '&&': 'and',
  NOT: 'not',
};

/** @throws KuraError `models.query-unclosed-quote`, `models.query-value-missing`. */
export function tokenise(source: string): readonly Token[] {
  return [...new Tokeniser(source).tokens()];
}

class Tokeniser {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  *tokens(): Generator<Token> {
    for (this.#skipSpace(); this.#at < this.#source.length; this.#skipSpace()) yield this.#next();
  }

  #next(): Token {
    const at = this.#at;
    if (this.#is(OPEN)) return this.#sign('open', 1);
    if (this.#depth > 0 && this.#is(CLOSE)) return this.#sign('close', -1);
    if (this.#isNegation()) return this.#sign('not', 0);
    const quoted = this.#quotation();
    if (quoted !== undefined) return { kind: 'text', at, text: quoted, exact: true };
    const field = this.#fieldName();
    if (field !== undefined) return { kind: 'field', at, field, values: this.#values(field) };
    const text = this.#bare(SPACE);
    const operator = operators[text.normalize('NFKC')];
    return operator === undefined ? { kind: 'text', at, text, exact: false } : { kind: operator, at };
  }

  #sign(kind: 'open' | 'close' | 'not', deeper: number): Token {
    this.#depth += deeper;
    this.#at += 1;
    return { kind, at: this.#at - 1 };
  }

  #is(sign: RegExp, ahead = 0): boolean {
    const one = this.#source[this.#at + ahead];
    return one !== undefined && sign.test(one);
  }

  /** A sign right before what it denies; `--dry-run`, `a - b` and `:-)` are text. */
  #isNegation(): boolean {
    if (!this.#is(MINUS) || this.#at + 1 >= this.#source.length) return false;
    return !this.#is(SPACE, 1) && !this.#is(MINUS, 1) && !this.#is(CLOSE, 1);
  }

  #quotation(): string | undefined {
    const at = this.#at;
    const closer = closers[this.#source[at] ?? ''];
    if (closer === undefined) return undefined;
    const length = this.#source.slice(at + 1).search(closer);
    if (length === -1) {
      throw new KuraError('invalid', 'models.query-unclosed-quote', {
        params: { position: positionIn(this.#source, at), sign: this.#source[at] },
      });
    }
    this.#at += length + 2;
    return this.#source.slice(at + 1, at + 1 + length);
  }

  #fieldName(): QueryField | undefined {
    const match = this.#match(fieldPrefix);
    const field = findField(match?.groups?.['name'] ?? '');
    if (match !== undefined && field !== undefined) this.#at += match[0].length;
    return field;
  }

  #values(field: QueryField): readonly TypedValue[] {
    const values: TypedValue[] = [];
    do {
      if (values.length > 0) this.#at += 1;
      this.#skipSpace();
      values.push(this.#value(field));
    } while (this.#is(COMMA));
    return values;
  }

  #value(field: QueryField): TypedValue {
    const at = this.#at;
    const quoted = this.#quotation();
    if (quoted !== undefined) return { text: quoted, quoted: true };
    const sign = this.#match(comparison)?.[0] ?? '';
    this.#at += sign.length;
    const text = this.#bare(/[\s,，、]/u);
    const isGroup = OPEN.test(text[0] ?? '') && !CLOSE.test(text);
    if (text === '' || isGroup) {
      throw new KuraError('invalid', 'models.query-value-missing', {
        params: { position: positionIn(this.#source, at), field, example: fieldExamples[field] },
      });
    }
    return { text: sign + text, quoted: false };
  }

  /** Up to a stop, or to the sign that closes a group around it; `saber_(fate)` keeps its own. */
  #bare(stop: RegExp): string {
    const start = this.#at;
    let own = 0;
    while (this.#at < this.#source.length && !this.#is(stop)) {
      if (this.#is(OPEN)) own += 1;
      if (this.#is(CLOSE)) {
        if (own === 0 && this.#depth > 0) break;
        own = Math.max(0, own - 1);
      }
      this.#at += 1;
    }
    return this.#source.slice(start, this.#at);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#source) ?? undefined;
  }

  #skipSpace(): void {
    while (this.#is(SPACE)) this.#at += 1;
  }
}
