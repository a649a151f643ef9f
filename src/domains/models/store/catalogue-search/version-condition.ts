/**
 * A query as SQL over one version: `i` is the row of its model in `catalogue_index`, `v` its own in
 * `catalogue_version_index`. It means what `core/query-language/evaluate.ts` says; only free text is found by terms.
 * Each condition is true or false, never null, so that `not` is its opposite.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';

import { encodeTerm, type Phrase } from '#engines/lexis';
import type { Dialect } from '#platform/db';

import { plainWord } from '../../contract/index.ts';
import { formatStem } from '../../core/query-language/evaluate.ts';
import { isNumberField, type WordField } from '../../core/query-language/field-values.ts';
import { foldText } from '../../core/query-language/fold-text.ts';
import type { QueryNode } from '../../core/query-language/query-node.ts';
import { basesOfFamilies } from '../../core/vocabulary/base-models.ts';
import { byteReversed } from '../catalogue-hash-store.ts';
import { numberIs, numberWithin } from './number-condition.ts';
import { phraseGroups, type TextNode } from './text-phrases.ts';

export type Condition = RawBuilder<SqlBool>;

export interface ConditionContext {
  readonly dialect: Dialect;
  /** Instant; decides about gates. */
  readonly now: string;
}

const always: Condition = sql<SqlBool>`(1 = 1)`;
const never: Condition = sql<SqlBool>`(1 = 0)`;

export function versionCondition(node: QueryNode, context: ConditionContext): Condition {
  switch (node.kind) {
    case 'all':
      return joinConditions(
        'and',
        node.nodes.map((one) => versionCondition(one, context)),
      );
    case 'any':
      return joinConditions(
        'or',
        node.nodes.map((one) => versionCondition(one, context)),
      );
    case 'not':
      return sql<SqlBool>`(not ${versionCondition(node.node, context)})`;
    case 'text':
      return hasText(node, context);
    case 'range':
      return isNumberField(node.field) ? numberWithin(node.field, node) : never;
    default:
      return isNumberField(node.field)
        ? joinConditions('or', numberIs(node.field, node.values))
        : joinConditions('or', wordConditions(node.field, node.values, context));
  }
}

/** All of none is true, any of none is false. */
export function joinConditions(op: 'and' | 'or', conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return op === 'and' ? always : never;
  return sql<SqlBool>`(${sql.join(conditions, op === 'and' ? sql` and ` : sql` or `)})`;
}

const textColumns: Readonly<Record<TextNode['field'], readonly string[]>> = {
  name: ['i.name_terms', 'v.name_terms'],
  creator: ['i.creator_terms'],
  tag: ['i.tag_terms'],
  words: ['v.words_terms'],
  text: [
    'i.name_terms',
    'v.name_terms',
    'i.creator_terms',
    'i.tag_terms',
    'v.words_terms',
    'i.about_terms',
    'v.about_terms',
  ],
};

function hasText(node: TextNode, context: ConditionContext): Condition {
  const columns = textColumns[node.field];
  const groups = phraseGroups(node).map((phrases) =>
    joinConditions(
      'or',
      columns.flatMap((column) => phrases.map((phrase) => contains(column, printed(phrase), context))),
    ),
  );
  return joinConditions('and', groups);
}

/** Columns of terms have a blank around each. */
function printed({ terms, prefix }: Phrase): string {
  return ` ${terms.map(encodeTerm).join(' ')}${prefix ? '' : ' '}`;
}

function contains(column: string, part: string, { dialect }: ConditionContext): Condition {
  const place = dialect === 'sqlite' ? sql`instr` : sql`strpos`;
  return sql<SqlBool>`(${place}(${sql.ref(column)}, ${part}) > 0)`;
}

function wordConditions(field: WordField, values: readonly string[], context: ConditionContext): readonly Condition[] {
  const folded = values.map(foldText);
  const plain = values.map(plainWord);
  switch (field) {
    case 'type':
      return [isIn('i.type_key', plain)];
    case 'state':
      return [isIn('i.state_key', plain)];
    case 'base':
      return [isIn('v.base_key', plain)];
    case 'family':
      return [isIn('v.base_key', basesOfFamilies(values).map(plainWord))];
    case 'nsfw':
      return [isIn('v.rating', plain)];
    case 'tag':
      return hasKey('i.tag_keys', context, folded);
    case 'category':
      return hasKey('i.category_keys', context, plain);
    case 'license':
      return hasKey('i.rights', context, plain);
    case 'creator':
      return hasKey('i.creator_key', context, folded);
    case 'format':
      return hasKey('v.formats', context, values.map(formatStem).map(plainWord));
    case 'words':
      return hasKey('v.word_keys', context, folded);
    case 'name':
      return namesAre(folded);
    case 'text':
      return [
        ...namesAre(folded),
        ...hasKey('i.creator_key', context, folded),
        ...hasKey('i.tag_keys', context, folded),
        ...hasKey('v.word_keys', context, folded),
      ];
    case 'hash':
      return [hasHash(folded)];
    case 'access':
      return plain.flatMap((value) => accessConditions[value]?.(context.now) ?? []);
    default:
      return [];
  }
}

function namesAre(folded: readonly string[]): readonly Condition[] {
  return [isIn('i.name_key', folded), isIn('v.name_key', folded)];
}

function hasKey(column: string, context: ConditionContext, keys: readonly string[]): readonly Condition[] {
  return keys.filter((key) => key !== '').map((key) => contains(column, `\n${key}\n`, context));
}

/** An empty value is not known and nobody's. */
function isIn(column: string, values: readonly string[]): Condition {
  const known = values.filter((value) => value !== '');
  return known.length === 0 ? never : sql<SqlBool>`(${sql.ref(column)} in (${sql.join(known)}))`;
}

/** The site writes CRC32 byte-reversed (civitai-api.md §4.5); both orders name the file. */
function hasHash(digests: readonly string[]): Condition {
  if (digests.length === 0) return never;
  return sql<SqlBool>`exists (
    select 1 from catalogue_hashes h where h.version_id = v.version_id
    and (h.digest in (${sql.join(digests)}) or (h.algorithm = 'crc32' and h.digest in (${sql.join(digests.map(byteReversed))})))
  )`;
}

function isGated(now: string): Condition {
  return sql<SqlBool>`(coalesce(v.gate_opens_at, '') > ${now})`;
}

const accessConditions: Readonly<Record<string, (now: string) => Condition>> = {
  closed: () => sql<SqlBool>`(v.closed = 1)`,
  early: (now) => sql<SqlBool>`(v.closed = 0 and ${isGated(now)})`,
  open: (now) => sql<SqlBool>`(v.closed = 0 and not ${isGated(now)})`,
};
