/** What differs at one place of the answers. */

import { type FieldShape, jsonTypes, leafOf, type TextForm } from './answer-shape.ts';
import type { ApiChange, ChangeKind } from './api-change.ts';
import { gradeField, isDecisive, weightOf } from './field-weight.ts';

/** Fewer values than this say nothing about what a place can hold. */
const MANY_VALUES = 20;
/** Share of words seen once above which a list is still being met. */
const LIKELY_UNMET = 0.1;
/** Fields that the site fills from a list of its own, however few of its words were seen so far. */
const listed: ReadonlySet<string> = new Set(
  `type baseModel baseModels baseModelType mode availability usageControl status uploadType pickleScanResult
  virusScanResult allowCommercialUse format fp size quantType ModelType ModelFileType BaseModel ActiveBaseModel
  BaseModelType`.split(/\s+/),
);
/** Forms that programs rely on; prose may turn into a number and back. */
const fixedForms: ReadonlySet<TextForm> = new Set(['date', 'zoneless', 'url', 'uuid', 'hex']);
/** Ids are 32-bit; larger ones are not taken (see ../ids.ts). */
const LARGEST_ID = 2_147_483_647;

export function compareField(
  endpoint: string,
  path: string,
  known: FieldShape,
  fresh: FieldShape,
): readonly ApiChange[] {
  const at = { endpoint, path };
  return [
    ...typeChanges(at, known, fresh),
    ...nullChanges(at, known, fresh),
    ...formChanges(at, known, fresh),
    ...rangeChanges(at, known, fresh),
    ...valueChanges(at, known, fresh),
  ];
}

type Where = Pick<ApiChange, 'endpoint' | 'path'>;

function typeChanges(at: Where, known: FieldShape, fresh: FieldShape): readonly ApiChange[] {
  const before = jsonTypes.filter((type) => type !== 'null' && type in known.types);
  const now = jsonTypes.filter((type) => type !== 'null' && type in fresh.types && !before.includes(type));
  if (now.length === 0) return [];
  if (before.length === 0 && known.seen < MANY_VALUES) return [];
  if (before.length === 0) {
    return [{ ...at, kind: 'type-changed', was: 'null', now: now.join(' | '), impact: 'low', additive: true }];
  }
  const isNumberAsText = before.join() === 'number' && now.join() === 'string' && isAll(fresh.forms, ['number']);
  // Counters and sizes are read from text, too; ids are not.
  const copes = isNumberAsText && weightOf(at.path) !== 'essential';
  return [change(at, 'type-changed', { was: before.join(' | '), now: now.join(' | '), copes })];
}

function nullChanges(at: Where, known: FieldShape, fresh: FieldShape): readonly ApiChange[] {
  const isVital = weightOf(at.path) === 'essential';
  if ('null' in known.types || !('null' in fresh.types) || (known.seen < MANY_VALUES && !isVital)) return [];
  const found = change(at, 'null-appeared', {
    was: Object.keys(known.types).join(' | '),
    now: `null ${fresh.types.null ?? 0}/${fresh.seen}`,
  });
  return [{ ...found, additive: found.impact === 'low' }];
}

function formChanges(at: Where, known: FieldShape, fresh: FieldShape): readonly ApiChange[] {
  const before = Object.keys(known.forms).join(' | ');
  const forms = Object.keys(known.forms);
  const texts = known.types.string ?? 0;
  const isFixed = texts >= MANY_VALUES && forms.every((form) => fixedForms.has(form as TextForm));
  // Some hashes have no letter among their digits.
  const expected = forms.includes('hex') ? [...forms, 'number'] : forms;
  const now = Object.keys(fresh.forms).filter((form) => !expected.includes(form));
  if (!isFixed || now.length === 0) return [];
  // Dates are read with and without a zone.
  const copes =
    now.every((form) => form === 'date' || form === 'zoneless') && forms.some((form) => /date|zone/.test(form));
  const found = change(at, 'form-changed', { was: before, now: now.join(' | ') });
  return [copes ? { ...found, impact: 'low', additive: true } : found];
}

function rangeChanges(at: Where, known: FieldShape, fresh: FieldShape): readonly ApiChange[] {
  if (known.numbers === null || fresh.numbers === null || (known.types.number ?? 0) < MANY_VALUES) return [];
  const isId = weightOf(at.path) === 'essential';
  const isOut =
    (known.numbers.min >= 0 && fresh.numbers.min < 0) ||
    (isId && known.numbers.max <= LARGEST_ID && fresh.numbers.max > LARGEST_ID);
  if (!isOut) return [];
  return [
    change(at, 'range-changed', {
      was: `${known.numbers.min} … ${known.numbers.max}`,
      now: `${fresh.numbers.min} … ${fresh.numbers.max}`,
    }),
  ];
}

function valueChanges(at: Where, known: FieldShape, fresh: FieldShape): readonly ApiChange[] {
  const { values } = known;
  if (values === null || fresh.values === null || !isList(at.path, known) || !isSettled(at.path, known)) return [];
  return Object.keys(fresh.values)
    .filter((value) => !Object.hasOwn(values, value))
    .map((value) => ({
      ...at,
      kind: 'value-added',
      was: '',
      now: value,
      impact: isDecisive(at.path) ? 'medium' : 'low',
      additive: true,
    }));
}

function isList(path: string, known: FieldShape): boolean {
  const texts = known.types.string ?? 0;
  return texts > 0 && Object.keys(known.values ?? {}).length > 0 && listed.has(leafOf(path)) && !/\.meta\./.test(path);
}

/**
 * Whether most of a list's words have been met: where words seen once are frequent, the next one is likely to be another
 * (Good and Turing), and its coming says nothing about the API.
 */
function isSettled(path: string, { values, types }: FieldShape): boolean {
  const enough = isDecisive(path) ? MANY_VALUES / 2 : MANY_VALUES;
  const counts = Object.values(values ?? {});
  const seenOnce = counts.filter((times) => times === 1).length;
  return (types.string ?? 0) >= enough && seenOnce / (types.string ?? 1) <= LIKELY_UNMET;
}

function isAll(forms: FieldShape['forms'], wanted: readonly TextForm[]): boolean {
  const found = Object.keys(forms);
  return found.length > 0 && found.every((form) => wanted.some((one) => one === form));
}

function change(
  at: Where,
  kind: ChangeKind,
  { was, now, copes = false }: { readonly was: string; readonly now: string; readonly copes?: boolean },
): ApiChange {
  return { ...at, kind, was, now, impact: gradeField(kind, at.path, copes), additive: false };
}
