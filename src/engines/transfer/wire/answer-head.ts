/** Status line and header fields of an HTTP/1.1 answer (RFC 9112), read strictly: what is odd is refused, not guessed. */
import type { IncomingHttpHeaders } from 'node:http';
import { KIB } from '#kernel/units';

/** What ends the body. */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

export interface AnswerHead {
  readonly status: number;
  /** By lower-case name; of repeated fields the first. */
  readonly headers: IncomingHttpHeaders;
  readonly framing: Framing;
  /** The connection can be used again after the body. */
  readonly keepsAlive: boolean;
}

/** Longest head that is read. */
export const MAX_HEAD_BYTES = 64 * KIB;

/** An answer that is not HTTP/1.x as it should be. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
  readonly code = 'KURA_BAD_ANSWER';
}

const statusLine = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [^\r\n\0]*)?$/;
const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n\0]*?)[ \t]*$/;

/**
 * `text` is everything before the empty line, without it, one letter per byte.
 * @throws BadAnswer for folded lines, control characters, contradicting lengths and anything else that is not a head.
 */
export function parseHead(text: string): AnswerHead {
  const [first = '', ...lines] = text.split('\r\n');
  const [, minor, digits] = statusLine.exec(first) ?? [];
  if (digits === undefined) throw new BadAnswer('not an HTTP/1 status line');
  const fields = lines.map(parseField);
  const status = Number(digits);
  const headers: IncomingHttpHeaders = {};
  for (const [name, value] of fields) headers[name] ??= value;
  const framing = framingOf(status, fields);
  const options = tokens(fields, 'connection');
  const isPersistent = minor === '1' ? !options.includes('close') : options.includes('keep-alive');
  return { status, headers, framing, keepsAlive: isPersistent && framing.kind !== 'close' };
}

type Field = readonly [name: string, value: string];

function parseField(line: string): Field {
  const [, name, value] = fieldLine.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new BadAnswer('not a header field');
  return [name.toLowerCase(), value];
}

/** RFC 9112 §6.3. Length and encoding at once is how answers are smuggled: refused. */
function framingOf(status: number, fields: readonly Field[]): Framing {
  const encodings = tokens(fields, 'transfer-encoding');
  const lengths = new Set(tokens(fields, 'content-length'));
  if (status < 200 || status === 204 || status === 304) return { kind: 'length', bytes: 0 };
  if (encodings.length > 0) {
    if (lengths.size > 0) throw new BadAnswer('both a length and a transfer encoding');
    if (encodings.length > 1 || encodings[0] !== 'chunked') throw new BadAnswer('unknown transfer encoding');
    return { kind: 'chunked' };
  }
  const [length, ...others] = lengths;
  if (length === undefined) return { kind: 'close' };
  if (others.length > 0) throw new BadAnswer('contradicting lengths');
  const bytes = /^\d{1,16}$/.test(length) ? Number(length) : Number.NaN;
  if (!Number.isSafeInteger(bytes)) throw new BadAnswer('a length that is no number');
  return { kind: 'length', bytes };
}

function tokens(fields: readonly Field[], name: string): readonly string[] {
  return fields
    .filter((field) => field[0] === name)
    .flatMap(([, value]) => value.split(','))
    .map((token) => token.trim().toLowerCase());
}
