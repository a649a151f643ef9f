/**
 * What a query means: the definition that searches of the site, the SQL over the catalogue and `get --where` share.
 *
 * A model matches when at least one of its versions makes the whole tree true; its hit is the first such version in the
 * creator's order. Logic has two values: a condition on something unknown is false, and its `not` therefore true.
 * Counters count for the model, formats, sizes, hashes and dates for the version; conditions on files hold when any
 * file of the version fulfils them, each for itself.
 *
 * Free text is found as a part of what stands there, without case and width: `lant` finds Lantern, 灯 finds 提灯. The
 * catalogue finds by the terms of its index instead: whole words (`lant` finds nothing there), in the order of a
 * quotation whatever stands between them. Both agree on whole words and on every condition that is no text.
 */
import type { Model, ModelVersion } from '#engines/civitai';

import { basesOfFamilies } from '../vocabulary/base-models.ts';
import { sameName } from '../vocabulary/name-spelling.ts';
import {
  type Examined,
  isNumberField,
  type NumberField,
  readNumbers,
  readWords,
  type TextField,
  type WordField,
} from './field-values.ts';
import { foldText } from './fold-text.ts';
import type { QueryNode } from './query-node.ts';

/** Whether one version of a model makes the tree true; `now` in milliseconds since the epoch decides about gates. */
export function matches(node: QueryNode, examined: Examined, now: number): boolean {
  switch (node.kind) {
    case 'all':
      return node.nodes.every((one) => matches(one, examined, now));
    case 'any':
      return node.nodes.some((one) => matches(one, examined, now));
    case 'not':
      return !matches(node.node, examined, now);
    case 'text':
      return hasText(node, examined, now);
    case 'is':
      return isNumberField(node.field)
        ? isNumber(node.field, node.values, { examined, now })
        : isWord(node.field, node.values, { examined, now });
    default:
      return isNumberField(node.field) && readNumbers(node.field, examined, now).some((value) => isWithin(value, node));
  }
}

/** The versions of a model that match, in the creator's order. */
export function matchingVersions(node: QueryNode, model: Model, now: number): readonly ModelVersion[] {
  return model.versions.filter((version) => matches(node, { model, version }, now));
}

interface Situation {
  readonly examined: Examined;
  readonly now: number;
}

function hasText(
  { field, text, exact }: { readonly field: TextField; readonly text: string; readonly exact: boolean },
  examined: Examined,
  now: number,
): boolean {
  const texts = readWords(field, examined, now).map(foldText);
  const folded = foldText(text);
  const wanted = exact ? [folded] : folded.split(' ');
  return wanted.every((part) => part === '' || texts.some((own) => own.includes(part)));
}

function isNumber(field: NumberField, values: readonly string[], { examined, now }: Situation): boolean {
  const own = readNumbers(field, examined, now);
  return values.some((value) => value.trim() !== '' && own.includes(Number(value)));
}

function isWord(field: WordField, values: readonly string[], { examined, now }: Situation): boolean {
  const compare = comparisons[field] ?? sameName;
  const own = readWords(field, examined, now);
  const wanted = field === 'family' ? basesOf(values) : values;
  return wanted.some((value) => own.some((one) => compare(value, one)));
}

const expanded = new WeakMap<readonly string[], readonly string[]>();

/** The base models of families; one that nobody knows is taken for a base model itself. */
function basesOf(families: readonly string[]): readonly string[] {
  const known = expanded.get(families) ?? basesOfFamilies(families);
  expanded.set(families, known);
  return known;
}

/** Strangers choose names and tags: `a_b` and `ab` are two people. What the site coined may be spelled freely. */
const comparisons: Partial<Readonly<Record<WordField, (wanted: string, own: string) => boolean>>> = {
  text: isSameText,
  name: isSameText,
  creator: isSameText,
  tag: isSameText,
  words: isAmongWords,
  format: (wanted, own) => sameName(formatStem(wanted), formatStem(own)),
  hash: isSameText,
};

function isSameText(wanted: string, own: string): boolean {
  return foldText(wanted) === foldText(own);
}

/** An entry may be a whole comma list. */
function isAmongWords(wanted: string, own: string): boolean {
  return isSameText(wanted, own) || own.split(',').some((word) => isSameText(wanted, word));
}

/** `safetensors`, `SafeTensor` and `safe` name one format. */
export function formatStem(text: string): string {
  return text.trim().replace(/(?:(?<![\s._-])[\s._-]*tensors?|s)$/iu, '');
}

function isWithin(value: number, { min, max }: { readonly min: number | null; readonly max: number | null }): boolean {
  return (min === null || value >= min) && (max === null || value <= max);
}
