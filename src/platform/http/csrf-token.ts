/**
 * The second half of a session (P-033): a value derived from its secret, in a cookie that our own pages can read and
 * send back as a header. Another site makes a browser send cookies, but reads none and sets no header.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export const csrfHeader = 'x-kura-csrf';

export function csrfTokenOf(session: string): string {
  return createHash('sha256').update(`kura-csrf:${session}`).digest('base64url');
}

export function isCsrfToken(token: unknown, session: string): boolean {
  const expected = Buffer.from(csrfTokenOf(session));
  const given = Buffer.from(typeof token === 'string' ? token : '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
