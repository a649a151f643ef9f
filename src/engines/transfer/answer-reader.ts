/** Decides what an answer with status 200, 206 or 416 gives, before one of its bytes is trusted. */
import { KuraError } from '#kernel/errors';

import { BodyReader } from './body-reader.ts';
import { parseContentDisposition } from './content-disposition.ts';
import { wrongStart, wrongType } from './content-kind.ts';
import type { Entity } from './entity.ts';
import { GunzippedBody } from './gunzipped-body.ts';
import { headerText, type SourceAnswer, type WantedRange } from './http-source.ts';
import { TransferFault } from './transfer-fault.ts';

interface OpenedBody {
  readonly entity: Entity;
  readonly reader: BodyReader;
  readonly serverFileName: string | undefined;
}

export type OpenedAnswer =
  /** Bytes [start, end) of an entity of known length. */
  | ({ readonly kind: 'range'; readonly start: number; readonly end: number } & OpenedBody)
  /** The entity from its first byte on. */
  | ({ readonly kind: 'whole' } & OpenedBody)
  /** There is nothing in the range asked for. */
  | { readonly kind: 'beyond-end'; readonly totalBytes: number | undefined };

export interface AnswerContext {
  readonly wanted: WantedRange | undefined;
  readonly target: string;
  readonly idleTimeoutMs: number;
}

/** @throws TransferFault when the answer is not what was asked for. The body is closed then. */
export async function readAnswer(answer: SourceAnswer, context: AnswerContext): Promise<OpenedAnswer> {
  try {
    return await interpret(answer, context);
  } catch (error) {
    answer.body.close();
    throw error;
  }
}

async function interpret(answer: SourceAnswer, context: AnswerContext): Promise<OpenedAnswer> {
  const range = contentRange(answer);
  if (answer.status === 416) {
    answer.body.close();
    return { kind: 'beyond-end', totalBytes: range?.totalBytes };
  }
  const decoded = decode(answer);
  refuseMarkup(answer, wrongType(headerText(answer.headers['content-type']), context.target));
  const where = answer.status === 206 ? checkedRange(answer, range, context.wanted) : undefined;
  const totalBytes = where ? where.totalBytes : lengthOf(answer);
  const reader = new BodyReader(decoded ?? answer.body, context.idleTimeoutMs);
  try {
    if ((where?.start ?? 0) === 0) {
      const first = await reader.peek();
      if (first) refuseMarkup(answer, wrongStart(first, context.target));
    }
  } catch (error) {
    reader[Symbol.dispose]();
    throw error;
  }
  const body: OpenedBody = {
    entity: { totalBytes: decoded ? undefined : totalBytes, validators: validatorsOf(answer) },
    reader,
    serverFileName: parseContentDisposition(headerText(answer.headers['content-disposition'])),
  };
  return where ? { kind: 'range', start: where.start, end: where.end, ...body } : { kind: 'whole', ...body };
}

interface ContentRange {
  readonly start: number;
  readonly end: number;
  readonly totalBytes: number;
}

/** `bytes 0-99/1000`, or with `*` for the span when nothing is in it (RFC 9110 §14.4). */
function contentRange(answer: SourceAnswer): ContentRange | undefined {
  const text = headerText(answer.headers['content-range']) ?? '';
  const [, first, last, total] = /^bytes\s+(?:(\d+)-(\d+)|\*)\/(\d+)$/i.exec(text.trim()) ?? [];
  if (total === undefined) return undefined;
  if (first === undefined || last === undefined) return { start: 0, end: 0, totalBytes: Number(total) };
  return { start: Number(first), end: Number(last) + 1, totalBytes: Number(total) };
}

/** A 206 counts only if it says that it starts where it was asked to, and its length agrees with what it says. */
function checkedRange(
  answer: SourceAnswer,
  range: ContentRange | undefined,
  wanted: WantedRange | undefined,
): ContentRange {
  const length = lengthOf(answer);
  const isRight =
    range !== undefined &&
    wanted !== undefined &&
    range.start === wanted.start &&
    range.end > range.start &&
    range.end <= Math.min(range.totalBytes, wanted.end ?? range.totalBytes) &&
    (length === undefined || length === range.end - range.start);
  if (isRight) return range;
  const verdict = new KuraError('unavailable', 'transfer.wrong-range');
  throw new TransferFault({ remedy: 'plain', verdict });
}

/**
 * Undefined when the bytes are the file's own. Pieces of an encoded file cannot be joined with anything: those are asked
 * for as a whole.
 */
function decode(answer: SourceAnswer): GunzippedBody | undefined {
  const encoding = headerText(answer.headers['content-encoding'])?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return undefined;
  const verdict = new KuraError('unavailable', 'transfer.encoded', { params: { host: answer.url.host, encoding } });
  if (encoding !== 'gzip' && encoding !== 'x-gzip') throw verdict;
  if (answer.status === 206) throw new TransferFault({ remedy: 'plain', verdict });
  return new GunzippedBody(answer.body, verdict);
}

/** One more try, at a fresh address: challenges and maintenance pages pass. */
function refuseMarkup(answer: SourceAnswer, kind: string | undefined): void {
  if (kind === undefined) return;
  const verdict = new KuraError('unavailable', 'transfer.not-the-file', { params: { host: answer.url.host, kind } });
  throw new TransferFault({ remedy: 'retry', verdict, free: answer.fromMemory, maxAttempts: 2 });
}

function lengthOf(answer: SourceAnswer): number | undefined {
  const text = headerText(answer.headers['content-length']);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function validatorsOf(answer: SourceAnswer): Entity['validators'] {
  return {
    etag: headerText(answer.headers.etag),
    lastModified: headerText(answer.headers['last-modified']),
  };
}
