/** Where a search goes on, as opaque text. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';

const positionSchema = z.strictObject({
  /** Which of the questions to the site (or which stretch of the catalogue) is being read. */
  question: z.number().int().min(0).max(9).default(0),
  /** The source's cursor of the page; null = the first. */
  page: z.string().nullable(),
  /** Model after which to go on within that page; null = at its start. */
  after: z.number().int().nullable().default(null),
  /** In an order made here: the last one given of what is read from `page` on. */
  key: z.strictObject({ value: z.union([z.number(), z.string(), z.null()]), id: z.number().int() }).optional(),
  /** Models given last, which the site may send again on the next page. */
  given: z.string().default(''),
  /** Parameters the site refused. */
  dropped: z.array(z.string()).default([]),
});
export type SearchPosition = z.output<typeof positionSchema>;

const searchStart: SearchPosition = { question: 0, page: null, after: null, given: '', dropped: [] };

/** Pages of the site overlap by few; more would make addresses too long. */
const REMEMBERED = 250;

export function writeGiven(ids: readonly number[]): string {
  return ids
    .slice(-REMEMBERED)
    .map((id) => id.toString(36))
    .join('.');
}

export function readGiven({ given }: SearchPosition): readonly number[] {
  return given === '' ? [] : given.split('.').map((text) => Number.parseInt(text, 36));
}

export function writeCursor(position: SearchPosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws KuraError `models.bad-cursor`. */
export function readCursor(text: string | undefined): SearchPosition {
  if (text === undefined) return searchStart;
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (error) {
    throw new KuraError('invalid', 'models.bad-cursor', { cause: error });
  }
}
