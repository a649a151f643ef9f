/**
 * What a model must fulfil for any of its versions to make a query true, said in what the text index and the row of the
 * model can answer. It lets through too much, never too little; `version-condition.ts` decides.
 */
import { sql } from 'kysely';

import { formatStem } from '../../core/query-language/evaluate.ts';
import { isNumberField, type NumberField, type WordField } from '../../core/query-language/field-values.ts';
import { foldText } from '../../core/query-language/fold-text.ts';
import type { QueryField, QueryNode } from '../../core/query-language/query-node.ts';
import { basesOfFamilies } from '../../core/vocabulary/base-models.ts';
import { byteReversed } from '../catalogue-hash-store.ts';
import { type Fact, factTerm } from './index-terms.ts';
import { isOfModel, modelWithin } from './number-condition.ts';
import { joinTerms, type TermCondition } from './term-condition.ts';
import { textTerms } from './text-phrases.ts';
import { type Condition, type ConditionContext, joinConditions, versionCondition } from './version-condition.ts';

export interface NecessaryCondition {
  /** Undefined = any terms. */
  readonly terms: TermCondition | undefined;
  /** All of them, on `i`. */
  readonly columns: readonly Condition[];
}

const nothing: NecessaryCondition = { terms: undefined, columns: [] };

export function necessaryCondition(node: QueryNode, context: ConditionContext): NecessaryCondition {
  switch (node.kind) {
    case 'all':
      return allOf(node.nodes.map((one) => necessaryCondition(one, context)));
    case 'any':
      return anyOf(node.nodes.map((one) => necessaryCondition(one, context)));
    case 'not':
      return isAboutModel(node.node) ? { terms: undefined, columns: [versionCondition(node, context)] } : nothing;
    case 'text':
      return { terms: textTerms(node), columns: [] };
    case 'range':
      return isNumberField(node.field) ? withinNumber(node.field, node) : nothing;
    default:
      return isNumberField(node.field)
        ? anyOf(
            node.values.map((value) =>
              withinNumber(node.field as NumberField, { min: Number(value), max: Number(value) }),
            ),
          )
        : wordsAre(node.field, node.values);
  }
}

/** Conditions whose answer is the same for all versions of a model. */
const modelFields: ReadonlySet<QueryField> = new Set(['type', 'tag', 'category', 'license', 'state', 'creator']);

function isAboutModel(node: QueryNode): boolean {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.nodes.every(isAboutModel);
    case 'not':
      return isAboutModel(node.node);
    case 'text':
      return node.field === 'creator' || node.field === 'tag';
    default:
      return isNumberField(node.field) ? isOfModel(node.field) : modelFields.has(node.field);
  }
}

function allOf(parts: readonly NecessaryCondition[]): NecessaryCondition {
  const terms = joinTerms(
    'and',
    parts.flatMap((part) => part.terms ?? []),
  );
  return { terms, columns: parts.flatMap(({ columns }) => columns) };
}

/** Terms and columns are asked apart, so an alternative between both asks nothing. */
function anyOf(parts: readonly NecessaryCondition[]): NecessaryCondition {
  const terms = parts.flatMap((part) => part.terms ?? []);
  if (terms.length === parts.length) return { terms: joinTerms('or', terms), columns: [] };
  if (parts.some(({ columns }) => columns.length === 0)) return nothing;
  const alternatives = parts.map(({ columns }) => joinConditions('and', columns));
  return { terms: undefined, columns: [joinConditions('or', alternatives)] };
}

function withinNumber(
  field: NumberField,
  bounds: { readonly min: number | null; readonly max: number | null },
): NecessaryCondition {
  if (field === 'version' && bounds.min !== null && bounds.min === bounds.max && Number.isSafeInteger(bounds.min)) {
    const owner = sql`(select model_id from catalogue_versions where version_id = ${bounds.min})`;
    return { terms: undefined, columns: [sql`i.model_id in ${owner}`] };
  }
  const condition = modelWithin(field, bounds);
  return condition === undefined ? nothing : { terms: undefined, columns: [condition] };
}

const facts: Partial<Readonly<Record<WordField, Fact>>> = {
  type: 'type',
  state: 'state',
  base: 'base',
  tag: 'tag',
  category: 'tag',
  license: 'right',
  creator: 'creator',
  nsfw: 'rating',
  format: 'format',
};

function wordsAre(field: WordField, values: readonly string[]): NecessaryCondition {
  if (field === 'hash') return hashIs(values.map(foldText));
  if (field === 'family') return wordsAre('base', basesOfFamilies(values));
  const fact = facts[field];
  if (fact === undefined) return nothing;
  const spelled = field === 'format' ? values.map(formatStem) : values;
  return anyTerm(spelled.map((value) => ({ op: 'fact', term: factTerm(fact, value), prefix: false })));
}

function anyTerm(terms: readonly TermCondition[]): NecessaryCondition {
  return { terms: joinTerms('or', terms), columns: [] };
}

function hashIs(digests: readonly string[]): NecessaryCondition {
  if (digests.length === 0) return nothing;
  const owners = sql`(
    select owner.model_id from catalogue_hashes h join catalogue_versions owner on owner.version_id = h.version_id
    where h.digest in (${sql.join([...digests, ...digests.map(byteReversed)])})
  )`;
  return { terms: undefined, columns: [sql`i.model_id in ${owners}`] };
}
