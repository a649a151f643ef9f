/**
 * Answers from files: a bare body, whose endpoint shows in what stands in it, or a whole exchange
 * `{url or endpoint, status, headers, body}` with the body as text or as JSON.
 */
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';

import { z } from 'zod';

import { endpointOf, type RecordedAnswer, recogniseEndpoint } from '#engines/civitai';
import { KuraError, toKuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { walkFiles } from '../walk-files.ts';

export interface RecordingOptions {
  /** Of files that do not show it: an error page, a body cut off. */
  readonly endpoint?: string | undefined;
  readonly signal: AbortSignal;
}

export interface RecordedAnswers {
  readonly answers: ReadonlyArray<{ readonly file: string; readonly answer: RecordedAnswer }>;
  readonly skipped: ReadonlyArray<{ readonly file: string; readonly error: KuraError }>;
}

const LARGEST = 64 * MIB;
const exchangeSchema = z.object({
  url: z.string().optional(),
  endpoint: z.string().optional(),
  status: z.number().int().min(100).max(599),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown(),
});
const mediaTypes: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.html': 'text/html',
  '.htm': 'text/html',
  '.xml': 'application/xml',
  '.txt': 'text/plain',
};

/** @throws the signal's reason */
export async function readRecordedAnswers(
  paths: readonly string[],
  options: RecordingOptions,
): Promise<RecordedAnswers> {
  const answers: { file: string; answer: RecordedAnswer }[] = [];
  const skipped: { file: string; error: KuraError }[] = [];
  for (const root of paths) {
    for await (const entry of walkFiles(root, options.signal)) {
      const file = entry.path;
      if (entry.kind === 'unreadable') skipped.push({ file, error: entry.error });
      if (entry.kind !== 'file' || (file !== root && !(extname(file).toLowerCase() in mediaTypes))) continue;
      try {
        answers.push({ file, answer: await readAnswer(file, options) });
      } catch (error) {
        options.signal.throwIfAborted();
        skipped.push({ file, error: toKuraError(error) });
      }
    }
  }
  return { answers, skipped };
}

async function readAnswer(file: string, { endpoint, signal }: RecordingOptions): Promise<RecordedAnswer> {
  const { size } = await stat(file);
  if (size > LARGEST) {
    throw new KuraError('invalid', 'models.api-answer-too-large', {
      params: { sizeBytes: size, largestBytes: LARGEST },
    });
  }
  const body = new TextDecoder().decode(await readFile(file, { signal }));
  const json = parse(body);
  const exchange = exchangeSchema.safeParse(json);
  if (exchange.success && exchange.data.body !== undefined) return answerOf(exchange.data, endpoint);
  const recognised = recogniseEndpoint(json) ?? endpoint;
  if (recognised === undefined) throw new KuraError('invalid', 'models.api-answer-unrecognised');
  const headers = { 'content-type': mediaTypes[extname(file).toLowerCase()] ?? '' };
  return { endpoint: recognised, status: 200, headers, body };
}

function answerOf(exchange: z.output<typeof exchangeSchema>, fallback: string | undefined): RecordedAnswer {
  const { url, status, headers } = exchange;
  const body = typeof exchange.body === 'string' ? exchange.body : JSON.stringify(exchange.body);
  const named = exchange.endpoint ?? url;
  const endpoint = named === undefined ? (recogniseEndpoint(parse(body)) ?? fallback) : endpointOf(named);
  if (endpoint === undefined) throw new KuraError('invalid', 'models.api-answer-unrecognised');
  const sent = url === undefined ? undefined : URL.parse(url)?.searchParams;
  const limit = Number(sent?.get('limit') ?? 0);
  const cursor = sent?.get('cursor') ?? null;
  return {
    endpoint,
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body,
    ...(limit > 0 ? { sentLimit: limit } : {}),
    ...(cursor === null ? {} : { sentCursor: cursor }),
  };
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
