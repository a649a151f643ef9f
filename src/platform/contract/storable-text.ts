/**
 * Text that every database stores as it is: PostgreSQL has no NUL in text, and halves of surrogate pairs become other
 * characters on the way to any of them. Safe for browsers.
 */
import { z } from 'zod';

import { worded } from './worded.ts';

export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** Says why a text that is not storable is refused; for `refine`. */
export const unstorable = worded('http.unstorable-text', 'contains characters that cannot be stored');

/**
 * Whatever comes in by a route is held to this by the server without any rule of its own (`parseInput`); a schema needs
 * it where texts come from files, too.
 */
export const storableText = z.string().refine(isStorable, unstorable);

/** For what programs say, whose news must not be refused for one character: it becomes the replacement character. */
export const mendedText = z.string().overwrite((text) => text.toWellFormed().replaceAll('\0', '\u{fffd}'));
