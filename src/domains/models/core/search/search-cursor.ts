/** Where a search goes on: a page of the site and what was already taken from it, as opaque text. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';

const positionSchema = z.strictObject({
  /** The site's cursor of the page; null = the first. */
  page: z.string().nullable(),
  /** Model after which to go on within that page; null = at its start. */
  after: z.number().int().nullable(),
  /** Items of a locally ordered result that were given already. */
  skip: z.number().int().min(0).default(0),
});
export type SearchPosition = z.output<typeof positionSchema>;

const searchStart: SearchPosition = { page: null, after: null, skip: 0 };

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
