import { z } from 'zod';

import { KuraError } from '#kernel/errors';

import type { SentQuery } from '../queries/sent-query.ts';
import {
  isRaw,
  type Lossless,
  leftOver,
  number,
  type Raw,
  type Reading,
  type ReadList,
  readList,
  record,
  text,
} from './lenient.ts';

interface Envelope<Item> extends ReadList<Item>, Lossless {
  /**
   * Where the envelope seems to hold a way on that this client cannot read (a renamed cursor, a missing `metadata`);
   * then the missing cursor must not be taken for the end. Empty on every page that is understood.
   */
  readonly suspectEnd: readonly string[];
}

/** One page of a list that is followed by cursor. An empty page with a `nextCursor` is not the end. */
export interface Page<Item> extends Envelope<Item>, SentQuery {
  /** Opaque; send it back with an otherwise unchanged query. Null = this was the last page, unless `suspectEnd`. */
  readonly nextCursor: string | null;
}

/** One page of a list that is followed by number (`/creators`, `/tags`, `/vault/all`). */
export interface NumberedPage<Item> extends Envelope<Item> {
  readonly nextPage: number | null;
}

const schema = z.object({ items: z.array(z.unknown()), metadata: record });
const metadataSchema = z.object({
  nextCursor: z.union([z.string(), z.number()]).nullish().catch(null),
  nextPage: text,
});
const numbersSchema = z.object({ nextPage: text, currentPage: number, totalPages: number });

export function readPage<Item>(answer: unknown, path: string, read: (raw: Raw) => Reading<Item>) {
  const { envelope, list, metadata } = readEnvelope(answer, path, read);
  const nextCursor = cursorOf(metadata);
  const suspectEnd = nextCursor === null ? signsOfMore(envelope) : [];
  return { ...list, nextCursor, suspectEnd, extra: leftOver(envelope, takenOf(envelope, { nextCursor })) };
}

export function readNumberedPage<Item>(
  answer: unknown,
  path: string,
  read: (raw: Raw) => Reading<Item>,
): NumberedPage<Item> {
  const { envelope, list, metadata } = readEnvelope(answer, path, read);
  const nextPage = nextNumber(metadata);
  const suspectEnd = nextPage === null ? signsOfMore(envelope) : [];
  return { ...list, nextPage, suspectEnd, extra: leftOver(envelope, takenOf(envelope, {})) };
}

/** Reads the single object of a detail answer. */
export function readOne<Item>(answer: unknown, path: string, read: (raw: Raw) => Reading<Item>): Item {
  const reading: Reading<Item> = isRaw(answer) ? read(answer) : { reason: 'not-an-object' };
  if ('item' in reading) return reading.item;
  throw unreadable(path, reading.reason);
}

/** A bare array, as the bulk lookups answer. */
export function readArray<Item>(answer: unknown, path: string, read: (raw: Raw) => Reading<Item>): ReadList<Item> {
  if (!Array.isArray(answer)) throw unreadable(path, 'no-list');
  return readList(answer, read);
}

/** A list that comes whole, bare or in an envelope. */
export function readUnpaged<Item>(answer: unknown, path: string, read: (raw: Raw) => Reading<Item>): ReadList<Item> {
  return readArray(isRaw(answer) ? answer['items'] : answer, path, read);
}

/** A success whose body is JSON of another kind: taking it for an empty list would be taking an error for the end. */
function unreadable(path: string, reason: string): KuraError {
  return new KuraError('unavailable', 'civitai.answer-unreadable', { params: { path, reason } });
}

function readEnvelope<Item>(answer: unknown, path: string, read: (raw: Raw) => Reading<Item>) {
  const parsed = schema.safeParse(answer);
  if (!parsed.success || !isRaw(answer)) throw unreadable(path, 'no-list');
  // The vault has its paging fields beside the items.
  const metadata = parsed.data.metadata ?? answer;
  return { envelope: answer, list: readList(parsed.data.items, read), metadata };
}

function takenOf(envelope: Raw, metadata: Raw): Raw {
  return { items: envelope['items'], metadata };
}

function cursorOf(metadata: Raw): string | null {
  const { nextCursor, nextPage } = metadataSchema.parse(metadata);
  const cursor = nextCursor ?? parameterOf(nextPage, 'cursor');
  return cursor === null || cursor === '' ? null : String(cursor);
}

function nextNumber(metadata: Raw): number | null {
  const { nextPage, currentPage, totalPages } = numbersSchema.parse(metadata);
  const sent = Number(parameterOf(nextPage, 'page') ?? Number.NaN);
  if (Number.isSafeInteger(sent) && sent > 0) return sent;
  const goesOn = !nextPage && Number.isSafeInteger(currentPage) && (currentPage ?? 0) < (totalPages ?? 0);
  return goesOn ? (currentPage ?? 0) + 1 : null;
}

/** Of `nextPage` only one parameter is taken: the address repeats everything, a token included. */
function parameterOf(address: unknown, name: string): string | null {
  return typeof address === 'string' ? (URL.parse(address)?.searchParams.get(name) ?? null) : null;
}

const wayOn = /cursor|next|has_?more/i;
const wayBack = /prev|current/i;

/**
 * Paths of what looks like a way on, outside the items. Asked only when the cursor was not found: a key that was renamed
 * or moved would else read as the end of the results, and everything after it would be missing without a word.
 */
function signsOfMore({ items: _items, ...envelope }: Raw): readonly string[] {
  return Object.keys(envelope).length === 0 ? ['metadata'] : signsIn(envelope, '');
}

function signsIn(value: Raw, prefix: string): readonly string[] {
  return Object.entries(value).flatMap(([key, entry]) => {
    const path = `${prefix}${key}`;
    const isNamedSo = wayOn.test(key) && !wayBack.test(key);
    if (isRaw(entry) && !isNamedSo) return signsIn(entry, `${path}.`);
    return isNamedSo && saysSomething(entry) ? [path] : [];
  });
}

function saysSomething(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false && value !== '';
}
