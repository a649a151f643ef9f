/** Whether a field that went and one that came are the same under another name or in another place. */
import { type AnswerShape, type FieldShape, type JsonType, jsonTypes, leafOf, parentOf } from './answer-shape.ts';
import { weightOf } from './field-weight.ts';

interface Gone {
  readonly path: string;
  readonly field: FieldShape;
}

/** A last page has no cursor, so only what sounds like one is taken for its heir. */
const cursorWords = ['cursor', 'next', 'after', 'continuation', 'token', 'offset', 'page'];

/** Beside the old one, of its type, and sharing a word with it; for an essential field any heir of its type will do. */
export function isSameFieldRenamed(gone: Gone, candidate: string, fresh: AnswerShape): boolean {
  const field = fresh.fields[candidate];
  if (field === undefined || parentOf(candidate) !== parentOf(gone.path)) return false;
  if (!sharesType(gone.field, field)) return false;
  const name = leafOf(gone.path);
  const known = name === 'nextCursor' ? cursorWords : wordsOf(name);
  if (weightOf(gone.path) === 'essential' && name !== 'nextCursor') return true;
  return wordsOf(leafOf(candidate)).some((word) => known.includes(word));
}

/** Under the same name somewhere else: inside a new wrapper, or one level up. */
export function isSameFieldElsewhere(gone: Gone, candidate: string, fresh: AnswerShape): boolean {
  const field = fresh.fields[candidate];
  return (
    field !== undefined &&
    !candidate.endsWith(']') &&
    leafOf(candidate) === leafOf(gone.path) &&
    sharesType(gone.field, field)
  );
}

function sharesType(one: FieldShape, other: FieldShape): boolean {
  return jsonTypes.some((type) => isValue(type) && type in one.types && type in other.types);
}

function isValue(type: JsonType): boolean {
  return type !== 'null';
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1);
}
