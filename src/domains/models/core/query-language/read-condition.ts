/** What stands behind a field's colon, as a node. */
import { KuraError } from '#kernel/errors';

import { categoryWords, findWord, nearestWords, permissionWords, type SpelledWord } from '../../contract/index.ts';
import { spellBaseModel, spellType } from '../vocabulary/name-spelling.ts';
import { isDateField, isNumberField, type NumberField, type WordField } from './field-values.ts';
import { fieldExamples, positionIn } from './query-hints.ts';
import type { QueryNode } from './query-node.ts';
import { isSpanBack, readSpan, type Span, stepOf } from './read-number.ts';
import type { Token, TypedValue } from './tokenise.ts';

export interface QueryText {
  readonly source: string;
  /** Milliseconds since the epoch: where spans such as `30d` count back from. */
  readonly now: number;
}

type FieldToken = Extract<Token, { kind: 'field' }>;

/** Fields whose words are a closed list; a word outside of it is a mistake. */
const closedWords: Partial<Readonly<Record<WordField, readonly SpelledWord[]>>> = {
  category: categoryWords,
  license: permissionWords,
  state: [
    { word: 'available', aliases: ['ok', '公開中', '利用可'] },
    { word: 'Archived', aliases: ['archive', 'アーカイブ', '保管'] },
    { word: 'TakenDown', aliases: ['taken down', '取り下げ', '公開停止'] },
    { word: 'removed', aliases: ['deleted', 'gone', '削除', '削除済み'] },
  ],
  access: [
    { word: 'open', aliases: ['public', '公開'] },
    { word: 'early', aliases: ['early access', 'gated', 'paid', '早期', '先行公開', '早期アクセス'] },
    { word: 'closed', aliases: ['generation only', '非公開', '生成のみ'] },
  ],
  nsfw: [
    { word: 'safe', aliases: ['sfw', 'no', 'false', '全年齢', '安全'] },
    { word: 'adult', aliases: ['nsfw', 'yes', 'true', '成人向け', '成人'] },
  ],
};

/** @throws KuraError `models.query-bad-number`, `models.query-bad-date`, `models.query-unknown-word`. */
export function readCondition(token: FieldToken, query: QueryText): QueryNode {
  const { field, values } = token;
  if (isNumberField(field)) return readNumbers(field, token, query);
  switch (field) {
    case 'text':
    case 'name':
    case 'words':
      return anyOf(values.map(({ text, quoted }) => ({ kind: 'text', field, text, exact: quoted })));
    case 'base':
      return readBases(values);
    default:
      return { kind: 'is', field, values: values.map(({ text }) => spellWord(field, text, token, query)) };
  }
}

export function anyOf(nodes: readonly QueryNode[]): QueryNode {
  const [first] = nodes;
  return nodes.length === 1 && first !== undefined ? first : { kind: 'any', nodes };
}

/** `base:family:sdxl` is how a search's own option writes a family. */
function readBases(values: readonly TypedValue[]): QueryNode {
  const prefix = /^(?:family|系統)[:：]/iu;
  const [families, names] = [true, false].map((wanted) =>
    values.map(({ text }) => text).filter((text) => prefix.test(text) === wanted),
  );
  const nodes: QueryNode[] = [];
  if (families !== undefined && families.length > 0) {
    nodes.push({ kind: 'is', field: 'family', values: families.map((text) => text.replace(prefix, '')) });
  }
  if (names !== undefined && names.length > 0) {
    nodes.push({ kind: 'is', field: 'base', values: names.map(spellBaseModel) });
  }
  return anyOf(nodes);
}

function spellWord(field: WordField, text: string, { at }: FieldToken, { source }: QueryText): string {
  if (field === 'type') return spellType(text);
  const words = closedWords[field];
  const found = words === undefined ? text : findWord(text, words)?.word;
  if (words === undefined || found !== undefined) return found ?? text;
  const near = nearestWords(text, words);
  const known = (near.length > 0 ? near : words.map(({ word }) => word)).join(', ');
  throw new KuraError('invalid', 'models.query-unknown-word', {
    params: { position: positionIn(source, at), field, value: text, words: known },
  });
}

function readNumbers(field: NumberField, token: FieldToken, query: QueryText): QueryNode {
  const values = token.values.map(({ text }) => text);
  const isId = field === 'model' || field === 'version';
  if (isId && values.every((text) => /^\d{1,15}$/u.test(text))) {
    return { kind: 'is', field, values: values.map((text) => String(Number(text))) };
  }
  // `1,000` is one number.
  const range = rangeOf(field, values.join(',').normalize('NFKC'), query.now);
  if (range !== undefined) return { kind: 'range', field, ...range };
  const params = {
    position: positionIn(query.source, token.at),
    field,
    value: values.join(','),
    example: fieldExamples[field],
  };
  if (isDateField(field)) throw new KuraError('invalid', 'models.query-bad-date', { params });
  throw new KuraError('invalid', 'models.query-bad-number', { params });
}

interface Range {
  readonly min: number | null;
  readonly max: number | null;
}

function rangeOf(field: NumberField, text: string, now: number): Range | undefined {
  if (text === '*') return { min: null, max: null };
  const compared = /^([<>≤≥])\s*(=?)\s*(.+)$/u.exec(text);
  if (compared !== null) {
    const [, sign = '', equal, value = ''] = compared;
    // "More than 30 days" has two meanings for a date.
    if (isDateField(field) && isSpanBack(value)) return undefined;
    const span = readSpan(field, value, now);
    return span && compareTo(sign, equal === '=', { span, step: stepOf(field) });
  }
  const ends = /^(.*?)(?:\.\.|[~〜])(.*)$/u.exec(text);
  return ends === null ? single(field, text, now) : between(field, [ends[1] ?? '', ends[2] ?? ''], now);
}

/** A day is all of it; `30d` is everything since. */
function single(field: NumberField, text: string, now: number): Range | undefined {
  const span = readSpan(field, text, now);
  return span && { min: span.first, max: isDateField(field) && isSpanBack(text) ? null : span.last };
}

function between(field: NumberField, [from, to]: readonly [string, string], now: number): Range | undefined {
  if (from === '' && to === '') return undefined;
  const [first, last] = [from, to].map((text) => (text === '' ? null : readSpan(field, text, now)));
  if (first === undefined || last === undefined) return undefined;
  return { min: first?.first ?? null, max: last?.last ?? null };
}

function compareTo(
  sign: string,
  equal: boolean,
  { span, step }: { readonly span: Span; readonly step: number },
): Range {
  switch (sign) {
    case '>':
      return { min: equal ? span.first : span.last + step, max: null };
    case '<':
      return { min: null, max: equal ? span.last : span.first - step };
    case '≥':
      return { min: span.first, max: null };
    default:
      return { min: null, max: span.last };
  }
}
