/** What an answer without the file means: what the caller is told, and whether asking again can help. */
import type { Clock } from '#kernel/clock';
import { type ErrorKind, KuraError } from '#kernel/errors';
import { KIB } from '#kernel/units';

import { BodyReader } from './body-reader.ts';
import { headerText, type SourceAnswer } from './http-source.ts';
import type { ExplainRefusal } from './refused-answer.ts';
import { parseRetryAfter } from './retry-policy.ts';
import { TransferFault } from './transfer-fault.ts';

const SNIPPET_BYTES = 4 * KIB;
const SNIPPET_LETTERS = 300;
/** A refusal that repeats with a fresh address is meant. */
const MAX_REFUSALS = 3;
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface RefusalContext {
  readonly clock: Clock;
  readonly idleTimeoutMs: number;
  readonly explain?: ExplainRefusal | undefined;
}

/** Reads the answer's explanation and closes it. */
export async function refusalOf(answer: SourceAnswer, context: RefusalContext): Promise<TransferFault | KuraError> {
  const text = await readText(new BodyReader(answer.body, context.idleTimeoutMs));
  const announcedMs = parseRetryAfter(headerText(answer.headers['retry-after']), context.clock);
  const { status, url } = answer;
  const explained = context.explain?.({ status, url, headers: plainHeaders(answer), body: text });
  const verdict = explained ?? verdictOf(answer, explanationIn(text), announcedMs);
  return remedyFor(answer, verdict, announcedMs ?? verdict.retryAfterMs);
}

function remedyFor(
  answer: SourceAnswer,
  verdict: KuraError,
  retryAfterMs: number | undefined,
): TransferFault | KuraError {
  const { status } = answer;
  if (passing.has(status) || (status >= 520 && status <= 526)) {
    return new TransferFault({ remedy: 'retry', verdict, retryAfterMs, busy: status === 429 || status === 503 });
  }
  if (![401, 403, 404, 410].includes(status)) return verdict;
  // CivitAI answers 404 with no-store while its storage cannot find the file for the moment (civitai-api.md §4.2).
  const isPassing404 = status === 404 && (headerText(answer.headers['cache-control']) ?? '').includes('no-store');
  if (!answer.canRelocate && !isPassing404) return verdict;
  return new TransferFault({ remedy: 'retry', verdict, free: answer.fromMemory, maxAttempts: MAX_REFUSALS });
}

function verdictOf(answer: SourceAnswer, reason: string, retryAfterMs: number | undefined): KuraError {
  const { status } = answer;
  const params = { status, host: answer.url.host, reason };
  const options = retryAfterMs === undefined ? { params } : { params, retryAfterMs };
  const [kind, code] = classOf(status);
  return new KuraError(kind, code, options);
}

function classOf(status: number): readonly [ErrorKind, string] {
  if (status === 401) return ['unauthenticated', 'transfer.login-required'];
  if (status === 403 || status === 451) return ['forbidden', 'transfer.access-denied'];
  if (status === 404 || status === 410) return ['not-found', 'transfer.not-found'];
  if (status === 429) return ['limit', 'transfer.rate-limited'];
  if (status >= 500) return ['unavailable', 'transfer.server-error'];
  return ['unavailable', 'transfer.unexpected-status'];
}

/** What the far side says about itself, in one line: JSON `message`/`error`, an S3 `<Message>`, or short plain text. */
function explanationIn(text: string): string {
  return oneLine(fromJson(text) ?? /<Message>([^<]*)/.exec(text)?.[1] ?? (text.startsWith('<') ? '' : text));
}

async function readText(body: BodyReader): Promise<string> {
  using reader = body;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let chunk = await reader.next(); chunk && size < SNIPPET_BYTES; chunk = await reader.next()) {
      chunks.push(chunk);
      size += chunk.length;
    }
  } catch {
    // The status has said enough.
  }
  return Buffer.concat(chunks).subarray(0, SNIPPET_BYTES).toString('utf8').trim();
}

function plainHeaders({ headers }: SourceAnswer): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value ?? '')]));
}

function fromJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if ('message' in value && typeof value.message === 'string') return value.message;
    return 'error' in value && typeof value.error === 'string' ? value.error : undefined;
  } catch {
    return undefined;
  }
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, SNIPPET_LETTERS);
}
