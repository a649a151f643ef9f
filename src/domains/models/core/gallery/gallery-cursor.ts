/** Where a gallery goes on, as opaque text. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';

const positionSchema = z.strictObject({
  /** The site's cursor of the page; null = the first. */
  page: z.string().nullable(),
  /** Picture after which to go on within that page; null = at its start. */
  after: z.number().int().nullable(),
});
export type GalleryPosition = z.output<typeof positionSchema>;

export function writeGalleryCursor(position: GalleryPosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws KuraError `models.bad-cursor`. */
export function readGalleryCursor(text: string | undefined): GalleryPosition {
  if (text === undefined) return { page: null, after: null };
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (error) {
    throw new KuraError('invalid', 'models.bad-cursor', { cause: error });
  }
}
