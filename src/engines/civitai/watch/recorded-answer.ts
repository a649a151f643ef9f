/** One answer as it came, live or from a file, and what its body is before anybody knows its fields. */
import type { HttpAnswer } from '../http-transport.ts';

export interface RecordedAnswer extends HttpAnswer {
  /** Path with its ids left out: `/models`, `/models/:id`; see `endpointOf`. */
  readonly endpoint: string;
  /** Page size that was asked for. */
  readonly sentLimit?: number;
  readonly sentCursor?: string;
}

/** How a body can fail to be an answer. */
export type BodyFault = 'empty' | 'html' | 'xml' | 'truncated' | 'not-json' | 'double-encoded';

export type AnswerBody = { readonly json: unknown } | { readonly fault: BodyFault };

export function readBody(body: string): AnswerBody {
  const start = body.slice(0, 200).trimStart();
  if (start === '') return { fault: body.trim() === '' ? 'empty' : 'not-json' };
  if (/^<\?xml|^<Error>/i.test(start)) return { fault: 'xml' };
  if (start.startsWith('<')) return { fault: 'html' };
  const json = parse(body);
  if (json === undefined) return { fault: /^[{["]/.test(start) ? 'truncated' : 'not-json' };
  if (typeof json !== 'string') return { json };
  const inner = parse(json);
  return typeof inner === 'object' && inner !== null ? { fault: 'double-encoded' } : { json };
}

export function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status <= 299;
}

/** The media type alone, in lower case; empty when none was sent. */
export function contentTypeOf({ headers }: HttpAnswer): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
