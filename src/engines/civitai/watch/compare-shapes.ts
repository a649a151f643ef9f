/** What differs between the learned shape of an endpoint and that of new answers, graded by what it means to our reader. */

import { type AnswerShape, type FieldShape, objectsAt, parentOf } from './answer-shape.ts';
import type { ApiChange, ChangeKind } from './api-change.ts';
import { compareField } from './compare-field.ts';
import { gradeField, weightOf } from './field-weight.ts';
import { isSameFieldElsewhere, isSameFieldRenamed } from './renamed-field.ts';

/** So many objects must have had a field before its absence says anything … */
const MANY_OBJECTS = 20;
/** … and so many must lack it, unless it is one that nothing works without. */
const FEW_OBJECTS = 3;
/** A field that stood in at least this share of objects is expected among new ones, where another looks like its heir. */
const USUAL_SHARE = 0.5;

/** Never reports what `learned` was learned from, nor the absence of a field that may be absent. */
export function compareShapes(endpoint: string, learned: AnswerShape, fresh: AnswerShape): readonly ApiChange[] {
  if (Object.keys(learned.fields).length === 0 || Object.keys(fresh.fields).length === 0) return [];
  const added = addedPaths(learned, fresh);
  const missing = missingPaths(learned, fresh);
  const changes: ApiChange[] = [];
  const heirs = new Set<string>();
  for (const path of missing.usual) {
    const heir = heirOf(path, added, { learned, fresh });
    if (heir !== undefined) {
      heirs.add(heir.path);
      changes.push(fieldChange(endpoint, heir.kind, path, { was: path, now: heir.path }));
    } else if (missing.always.has(path)) {
      changes.push(fieldChange(endpoint, 'field-missing', path, { was: typesOf(learned.fields[path]), now: '' }));
    }
  }
  for (const path of added) {
    // Of a few objects nobody knows all their fields.
    if (heirs.has(path) || objectsAt(learned, parentOf(path) ?? '$') < MANY_OBJECTS) continue;
    const now = typesOf(fresh.fields[path]);
    changes.push({ endpoint, kind: 'field-added', path, was: '', now, impact: 'low', additive: true });
  }
  for (const [path, field] of Object.entries(fresh.fields)) {
    const known = learned.fields[path];
    if (known === undefined) continue;
    changes.push(...compareField(endpoint, path, known, field), ...optionalChange(endpoint, path, { learned, fresh }));
  }
  return changes;
}

interface Shapes {
  readonly learned: AnswerShape;
  readonly fresh: AnswerShape;
}

/** Topmost new fields only; what stands in a list that was always empty before is nothing new. */
function addedPaths(learned: AnswerShape, fresh: AnswerShape): readonly string[] {
  if (learned.truncated) return [];
  return Object.keys(fresh.fields).filter((path) => {
    const parent = parentOf(path);
    return !(path in learned.fields) && !path.endsWith(']') && parent !== undefined && objectsAt(learned, parent) > 0;
  });
}

function missingPaths(learned: AnswerShape, fresh: AnswerShape) {
  const usual: string[] = [];
  const always = new Set<string>();
  for (const [path, field] of Object.entries(learned.fields)) {
    const parent = parentOf(path);
    if (path in fresh.fields || parent === undefined || path.endsWith(']') || path.endsWith('.*') || fresh.truncated)
      continue;
    const before = objectsAt(learned, parent);
    const now = objectsAt(fresh, parent);
    if (before === 0 || now === 0) continue;
    if (field.seen / before >= USUAL_SHARE || weightOf(path) === 'essential') usual.push(path);
    const isVital = weightOf(path) === 'essential';
    const isEnough = isVital || (before >= MANY_OBJECTS && now >= FEW_OBJECTS);
    if (field.seen === before && isEnough) always.add(path);
  }
  return { usual, always };
}

function heirOf(
  path: string,
  added: readonly string[],
  { learned, fresh }: Shapes,
): { readonly path: string; readonly kind: 'field-renamed' | 'field-moved' } | undefined {
  const before = learned.fields[path];
  if (before === undefined) return undefined;
  const renamed = added.find((candidate) => isSameFieldRenamed({ path, field: before }, candidate, fresh));
  if (renamed !== undefined) return { path: renamed, kind: 'field-renamed' };
  const moved = Object.keys(fresh.fields).find(
    (candidate) => !(candidate in learned.fields) && isSameFieldElsewhere({ path, field: before }, candidate, fresh),
  );
  return moved === undefined ? undefined : { path: moved, kind: 'field-moved' };
}

/** Some objects lack what all had: the reader goes on, but it should be known. */
function optionalChange(endpoint: string, path: string, { learned, fresh }: Shapes): readonly ApiChange[] {
  const parent = parentOf(path);
  if (parent === undefined || path.endsWith(']') || path.endsWith('.*')) return [];
  const before = objectsAt(learned, parent);
  const seen = fresh.fields[path]?.seen ?? 0;
  const now = objectsAt(fresh, parent);
  const isAlways = before >= MANY_OBJECTS && learned.fields[path]?.seen === before;
  if (!isAlways || seen >= now) return [];
  const impact = gradeField('field-optional', path);
  const shares = { was: `${before}/${before}`, now: `${seen}/${now}` };
  return [{ endpoint, kind: 'field-optional', path, ...shares, impact, additive: impact === 'low' }];
}

function fieldChange(
  endpoint: string,
  kind: ChangeKind,
  path: string,
  { was, now }: { readonly was: string; readonly now: string },
): ApiChange {
  return { endpoint, kind, path, was, now, impact: gradeField(kind, path), additive: false };
}

function typesOf(field: FieldShape | undefined): string {
  return Object.keys(field?.types ?? {}).join(' | ');
}
