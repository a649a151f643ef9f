/**
 * Field schemas that never fail: what is absent, null or of a foreign type reads as null, because one odd field must
 * not cost the item and one odd item must not cost the page (civitai-api.md §0.1).
 */
import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import { type Bytes, bytes, type Instant, instant } from '#kernel/brands';
import { KIB } from '#kernel/units';

import { isCivitaiId } from '../ids.ts';

export const text = z.string().nullish().catch(null);
export const flag = z.boolean().nullish().catch(null);
/** Old servers wrote some counters as text. */
export const number = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,15}(\.\d{1,15})?$/)
      .transform(Number),
  ])
  .nullish()
  .catch(null);
/** Lists and records pass as they are: a copy would cost memory, and Zod's copy loses a key named `__proto__`. */
export const list = z
  .custom<readonly unknown[]>((value) => Array.isArray(value))
  .nullish()
  .catch(null);
export const record = z
  .custom<Raw>((value) => isRaw(value))
  .nullish()
  .catch(null);
export const anything = z.unknown().optional();

export type Raw = Readonly<Record<string, unknown>>;

/** What every record keeps of the element it was read from. */
export interface Lossless {
  /**
   * All of the element that does not stand verbatim in the record's own fields, under the keys it was sent with: keys
   * this client does not know, at any depth, values of foreign types, and values whose spelling was changed.
   */
  readonly extra: Raw;
}

/** One element that could not be read, and why; its neighbours were. */
export interface SkippedItem {
  /** Position in the list it stood in. */
  readonly index: number;
  /** Its id, when that much could be read. */
  readonly id: number | null;
  readonly reason: 'not-an-object' | 'no-id' | 'no-url' | 'no-name' | 'no-hash';
  /** The element as sent. */
  readonly raw: unknown;
}

export interface ReadList<Item> {
  readonly items: readonly Item[];
  readonly skipped: readonly SkippedItem[];
}

/** What a reader says about one element: the item, or the reason why there is none. */
export type Reading<Item> = { readonly item: Item } | { readonly reason: SkippedItem['reason'] };

export function readList<Item>(values: readonly unknown[], read: (raw: Raw) => Reading<Item>): ReadList<Item> {
  const items: Item[] = [];
  const skipped: SkippedItem[] = [];
  for (const [index, value] of values.entries()) {
    const reading: Reading<Item> = isRaw(value) ? read(value) : { reason: 'not-an-object' };
    if ('item' in reading) items.push(reading.item);
    else skipped.push({ index, id: idOf(value), reason: reading.reason, raw: value });
  }
  return { items, skipped };
}

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function idOf(value: unknown): number | null {
  return isRaw(value) && isCivitaiId(value['id']) ? value['id'] : null;
}

/**
 * What of `raw` does not stand in `read`, which says for each key what its value was read as. Objects are compared key
 * by key, everything else as a whole, so that a key never vanishes because its value also stands elsewhere.
 */
export function leftOver(raw: Raw, read: Raw): Raw {
  return Object.fromEntries(Object.entries(raw).flatMap(([key, sent]) => leftOverAt(key, sent, read)));
}

function leftOverAt(key: string, sent: unknown, read: Raw): readonly (readonly [string, unknown])[] {
  const taken = Object.hasOwn(read, key) ? read[key] : undefined;
  if (sent === taken || isDeepStrictEqual(sent, taken)) return [];
  if (!isRaw(sent) || !isRaw(taken) || Object.keys(sent).length === 0) return [[key, sent]];
  const rest = leftOver(sent, taken);
  return Object.keys(rest).length === 0 ? [] : [[key, rest]];
}

/** A list whose elements were each read or reported as skipped leaves nothing over. */
export function readElsewhere(value: unknown): unknown {
  return Array.isArray(value) ? value : undefined;
}

/** The strings of a list; a lone string counts as a list of one, `{name}` objects give their name (2023 tags). */
export function readWords(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((entry) => {
    const word = isRaw(entry) ? entry['name'] : entry;
    return typeof word === 'string' && word !== '' ? [word] : [];
  });
}

const isoDate = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?(Z|[+-]\d{2}:?\d{2})?$/i;

/** An instant from ISO text. In 2024 the server wrote UTC without a zone; read as local time it would be off by hours. */
export function readInstant(value: string | null | undefined): Instant | null {
  const match = isoDate.exec(value ?? '');
  if (match === null) return null;
  const [, day = '', time = '00:00', zone = 'Z'] = match;
  const date = new Date(`${day}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? null : instant(date);
}

/** `sizeKB` counts KiB and carries the exact byte count in its fraction (civitai-api.md §2.6). */
export function readSize(kib: number | null | undefined): Bytes | null {
  const count = Math.round((kib ?? -1) * KIB);
  return Number.isSafeInteger(count) && count >= 0 ? bytes(count) : null;
}

/** A counter, or null when hidden, absent or nonsense. */
export function readCount(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && value >= 0 ? value : null;
}
