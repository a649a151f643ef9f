import { z } from 'zod';

import { KuraError } from '#kernel/errors';

import type { SentQuery } from '../queries/sent-query.ts';
import { isRaw, type Raw, type Reading, type ReadList, readList, record, text } from './lenient.ts';

/** One page of a list that is followed by cursor. An empty page with a `nextCursor` is not the end. */
export interface Page<Item> extends ReadList<Item>, SentQuery {
  /** Opaque; send it back with an otherwise unchanged query. Null = this was the last page. */
  readonly nextCursor: string | null;
}

/** One page of a list that is followed by number (`/creators`, `/tags`). */
export interface NumberedPage<Item> extends ReadList<Item> {
  readonly nextPage: number | null;
}

const schema = z.object({ items: z.array(z.unknown()), metadata: record });
const metadataSchema = z.object({
  nextCursor: z.union([z.string(), z.number()]).nullish().catch(null),
  nextPage: text,
});

export function readPage<Item>(answer: unknown, path: string, read: (raw: Raw) => Reading<Item>) {
  const { list, metadata } = readEnvelope(answer, path, read);
  return { ...list, nextCursor: cursorOf(metadata) };
}

export function readNumberedPage<Item>(
  answer: unknown,
  path: string,
  read: (raw: Raw) => Reading<Item>,
): NumberedPage<Item> {
  const { list, metadata } = readEnvelope(answer, path, read);
  const page = Number(parameterOf(metadata['nextPage'], 'page') ?? Number.NaN);
  return { ...list, nextPage: Number.isSafeInteger(page) && page > 0 ? page : null };
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

/** A success whose body is JSON of another kind: taking it for an empty list would be taking an error for the end. */
function unreadable(path: string, reason: string): KuraError {
  return new KuraError('unavailable', 'civitai.answer-unreadable', { params: { path, reason } });
}

function readEnvelope<Item>(answer: unknown, path: string, read: (raw: Raw) => Reading<Item>) {
  const envelope = schema.safeParse(answer);
  if (!envelope.success) throw unreadable(path, 'no-list');
  return { list: readList(envelope.data.items, read), metadata: envelope.data.metadata ?? {} };
}

function cursorOf(metadata: Raw): string | null {
  const { nextCursor, nextPage } = metadataSchema.parse(metadata);
  const cursor = nextCursor ?? parameterOf(nextPage, 'cursor');
  return cursor === null || cursor === '' ? null : String(cursor);
}

/** Of `nextPage` only one parameter is taken: the address repeats everything, a token included. */
function parameterOf(address: unknown, name: string): string | null {
  return typeof address === 'string' ? (URL.parse(address)?.searchParams.get(name) ?? null) : null;
}
