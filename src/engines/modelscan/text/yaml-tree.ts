/** A YAML document as the tree that JSON has, for the judgements both share. */
import { type Document, isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';

import { JsonNumber, JsonObject, type JsonValue } from './strict-json.ts';

/** Aliases become the very object they stand for, so that a tree may hold itself. */
export function treeOf(document: Document.Parsed): JsonValue {
  const known = new Map<unknown, JsonValue>();
  function convert(node: unknown): JsonValue {
    const real = isAlias(node) ? node.resolve(document) : node;
    const before = known.get(real);
    if (before !== undefined) return before;
    if (isSeq(real)) {
      const items: JsonValue[] = [];
      known.set(real, items);
      for (const item of real.items) items.push(convert(item));
      return items;
    }
    if (!isMap(real)) return scalarOf(real);
    const object = new JsonObject();
    known.set(real, object);
    const keys = new Set<string>();
    for (const pair of real.items.filter(isPair)) {
      const key = keyOf(convert(pair.key));
      if (keys.has(key)) object.repeatedKey ??= key;
      keys.add(key);
      object.entries.push([key, convert(pair.value)]);
    }
    return object;
  }
  return convert(document.contents);
}

function keyOf(value: JsonValue): string {
  if (value instanceof JsonNumber) return value.text;
  return typeof value === 'object' ? '' : String(value);
}

/** Words of YAML 1.1 for "no" count as such where they are not quoted. */
function scalarOf(node: unknown): JsonValue {
  if (!isScalar(node)) return null;
  const { value } = node;
  if (typeof value === 'string') return node.type === 'PLAIN' && /^(?:no|off|n)$/i.test(value) ? false : value;
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? new JsonNumber(String(value)) : null;
}
