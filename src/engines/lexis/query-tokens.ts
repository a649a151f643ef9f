/** Cuts a typed query into its parts. Full-width signs count as their narrow twins; what is no sign is text. */
import { findField, type QueryField, type QueryLanguage } from './query-fields.ts';
import type { LiteralPiece } from './query-node.ts';

export interface TypedText {
  readonly text: string;
  readonly quoted: boolean;
  readonly start: number;
}

export type QueryToken =
  | { readonly kind: 'open' | 'close' | 'or' | 'and' | 'not'; readonly start: number; readonly sign: string }
  | ({ readonly kind: 'text' } & TypedText)
  | {
      readonly kind: 'field';
      readonly field: QueryField;
      readonly values: readonly TypedText[];
      readonly start: number;
      /** With its name: what is searched for when a value cannot be read. */
      readonly typed: string;
    };

export interface CutQuery {
  readonly tokens: readonly QueryToken[];
  readonly literal: readonly LiteralPiece[];
}

/** Never fails; linear in the length of `source`. */
export function cutQuery(source: string, language: QueryLanguage): CutQuery {
  const cutter = new QueryCutter(source, language);
  return { tokens: [...cutter.tokens()], literal: cutter.literal };
}

const space = /[\s、。]/u;
const quote = /["“”＂「」『』]/u;
const open = /[(（]/u;
const close = /[)）]/u;
const minus = /[-－−]/u;
const comma = /[,，]/u;
const fieldPrefix = /(?<name>\p{L}[\p{L}_-]*)[:：]/uy;
const comparison = /(?:[<>＜＞≤≥≦≧][=＝]?)[ \u3000]*/uy;
const closerOf: Readonly<Record<string, RegExp>> = {
  '「': /[」』]/u,
  '『': /[」』]/u,
  '"': /["“”＂]/u,
  '“': /["“”＂]/u,
  '”': /["“”＂]/u,
  '＂': /["“”＂]/u,
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

class QueryCutter {
  readonly literal: LiteralPiece[] = [];
  readonly #source: string;
  readonly #language: QueryLanguage;
  #at = 0;
  #depth = 0;

  constructor(source: string, language: QueryLanguage) {
    this.#source = source;
    this.#language = language;
  }

  *tokens(): Generator<QueryToken> {
    for (this.#skip(space); this.#at < this.#source.length; this.#skip(space)) {
      const token = this.#next();
      if (token !== undefined) yield token;
    }
  }

  #next(): QueryToken | undefined {
    const start = this.#at;
    if (this.#is(open)) return this.#sign('open', 1);
    if (this.#depth > 0 && this.#is(close)) return this.#sign('close', -1);
    if (this.#isNegation()) return this.#sign('not', 0);
    const quoted = this.#quotation();
    if (quoted !== undefined) return { kind: 'text', ...quoted };
    const field = this.#field();
    if (field !== undefined) return field;
    const text = this.#bare(space);
    if (text === '') {
      // A closing quotation mark without an opening one.
      this.#at += 1;
      return undefined;
    }
    const sign = text.normalize('NFKC');
    const operator = operators[sign];
    return operator === undefined
      ? { kind: 'text', text, quoted: false, start }
      : { kind: operator, start, sign: text };
  }

  #sign(kind: 'open' | 'close' | 'not', deeper: number): QueryToken {
    const start = this.#at;
    this.#depth += deeper;
    this.#at += 1;
    return { kind, start, sign: this.#source.charAt(start) };
  }

  #is(sign: RegExp, ahead = 0): boolean {
    return sign.test(this.#source.charAt(this.#at + ahead));
  }

  /** A sign right before what it denies; `--dry-run`, `a - b` and `-)` are text. */
  #isNegation(): boolean {
    if (!this.#is(minus) || this.#at + 1 >= this.#source.length) return false;
    return !this.#is(space, 1) && !this.#is(minus, 1) && !this.#is(close, 1);
  }

  #quotation(): TypedText | undefined {
    const closer = closerOf[this.#source.charAt(this.#at)];
    if (closer === undefined) return undefined;
    const start = this.#at + 1;
    const length = this.#source.slice(start).search(closer);
    const end = length === -1 ? this.#source.length : start + length;
    const text = this.#source.slice(start, end);
    if (length === -1) this.literal.push({ text: this.#source.slice(this.#at), reason: 'unclosed-quote' });
    this.#at = end + 1;
    return { text, quoted: true, start };
  }

  #field(): QueryToken | undefined {
    const start = this.#at;
    const prefix = this.#match(fieldPrefix);
    if (prefix === undefined || this.#language.fields.length === 0) return undefined;
    const field = findField(this.#language, prefix.groups?.['name'] ?? '');
    this.#at += prefix[0].length;
    const values = field === undefined ? [] : this.#values();
    if (field !== undefined && values.length > 0) {
      return { kind: 'field', field, values, start, typed: this.#source.slice(start, this.#at) };
    }
    const text = this.#looksLikeField(field) ? this.#source.slice(start).split(space, 1)[0] : undefined;
    if (text !== undefined)
      this.literal.push({ text, reason: field === undefined ? 'unknown-field' : 'unreadable-value' });
    this.#at = start;
    return undefined;
  }

  /** Addresses, paths and times hold colons, too. */
  #looksLikeField(field: QueryField | undefined): boolean {
    return field !== undefined || (this.#at < this.#source.length && !this.#is(/[\s/\\:：\d]/u));
  }

  #values(): readonly TypedText[] {
    const values: TypedText[] = [];
    do {
      if (values.length > 0) this.#at += 1;
      this.#skip(/[ \u3000]/u);
      const value = this.#value();
      if (value !== undefined) values.push(value);
    } while (this.#is(comma));
    return values;
  }

  #value(): TypedText | undefined {
    const quoted = this.#quotation();
    if (quoted !== undefined) return quoted;
    const start = this.#at;
    this.#at += this.#match(comparison)?.[0].length ?? 0;
    this.#bare(/[\s、。,，]/u);
    const text = this.#source.slice(start, this.#at);
    return text === '' ? undefined : { text, quoted: false, start };
  }

  /** Up to a stop, a quotation, or the sign that closes a group around it; `saber_(fate)` keeps its own. */
  #bare(stop: RegExp): string {
    const start = this.#at;
    let own = 0;
    while (this.#at < this.#source.length && !this.#is(stop) && !this.#is(quote)) {
      if (this.#is(open)) own += 1;
      if (this.#is(close)) {
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

  #skip(sign: RegExp): void {
    while (this.#at < this.#source.length && this.#is(sign)) this.#at += 1;
  }
}
