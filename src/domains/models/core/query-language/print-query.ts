/** A query tree as people would type it: what `parseQuery` reads back as the same tree. */
import { isDateField } from './field-values.ts';
import type { QueryNode } from './query-node.ts';

export function printQuery(node: QueryNode): string {
  return node.kind === 'all' ? node.nodes.map(printPart).join(' ') : printPart(node);
}

/** As one of several conditions that must all hold: words and `OR` need no parentheses there. */
function printPart(node: QueryNode): string {
  if (node.kind === 'any') return node.nodes.map(printOne).join(' OR ');
  return node.kind === 'text' && node.field === 'text' && !node.exact ? node.text : printOne(node);
}

function printOne(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
    case 'any':
      return `(${printQuery(node)})`;
    case 'not':
      return `NOT ${printOne(node.node)}`;
    case 'text':
      return printText(node);
    case 'is':
      return `${node.field}:${node.values.map(printValue).join(',')}`;
    default:
      return `${node.field}:${printRange(node)}`;
  }
}

function printText({ field, text, exact }: Extract<QueryNode, { kind: 'text' }>): string {
  if (field !== 'text') return `${field}:${exact ? quote(text) : text}`;
  if (exact) return quote(text);
  return /\s/u.test(text) ? `(${text})` : text;
}

function printValue(value: string): string {
  return value === '' || /[\s,，、"“”＂「『(（)）<>＜＞≤≥]/u.test(value) ? quote(value) : value;
}

/** A quotation holds no sign that could close it; what no way of quoting fits was typed without one. */
function quote(text: string): string {
  if (!/["“”＂]/u.test(text)) return `"${text}"`;
  if (!text.includes('」')) return `「${text}」`;
  return text.includes('』') ? text : `『${text}』`;
}

function printRange({ field, min, max }: Extract<QueryNode, { kind: 'range' }>): string {
  if (min === null && max === null) return '*';
  const [from, to] = [min, max].map((end) => printEnd(end, isDateField(field)));
  return `${from}..${to}`;
}

function printEnd(end: number | null, isDate: boolean): string {
  if (end === null) return '';
  return isDate ? new Date(end).toISOString() : String(end);
}
