/** Files that may hold recorded answers, and what stands in them. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';

import { type Instant, instant } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { walkFiles } from '../walk-files.ts';
import type { Reason } from './read-record.ts';

/** A page of 100 models has 5 MiB at most; whole crawls in one file come near this. */
const LARGEST = 128 * MIB;
/** What stands beside records in a model folder and is none: weights, pictures, archives, downloads under way. */
const otherKinds =
  /\.(?:safetensors|sft|ckpt|pt|pth|bin|gguf|onnx|npz|npy|zip|7z|rar|tar|gz|xz|zst|png|jpe?g|webp|gif|avif|bmp|svg|mp4|webm|mov|mkv|part|part\.json|quarantined)$/i;

export interface RecordFile {
  readonly path: string;
  /** When it was written, which is when the site said what stands in it, as far as anybody can tell. */
  readonly at: Instant;
}

interface SkippedFile {
  readonly file: string;
  readonly reason: Reason;
}

export interface FoundRecordFiles {
  /** Oldest first, so that what was said last stays. */
  readonly files: readonly RecordFile[];
  readonly skipped: readonly SkippedFile[];
}

/** In folders only what may be a record; files that were named themselves in any case. @throws the signal's reason */
export async function findRecordFiles(
  paths: readonly string[],
  clock: Clock,
  signal: AbortSignal,
): Promise<FoundRecordFiles> {
  const files = new Map<string, RecordFile>();
  const skipped: SkippedFile[] = [];
  for (const root of paths) {
    for await (const entry of walkFiles(root, signal)) {
      const { path } = entry;
      if (path !== root && otherKinds.test(basename(path))) continue;
      if (entry.kind === 'unreadable') skipped.push({ file: path, reason: entry.error });
      else if (entry.kind === 'passed-over') skipped.push({ file: path, reason: passedOver(entry.because) });
      else files.set(path, await dated(path, clock));
    }
  }
  const ordered = [...files.values()].sort((a, b) => compare(a.at, b.at) || compare(a.path, b.path));
  return { files: ordered, skipped };
}

/** The parsed JSON of a file, or why there is none. */
export async function readRecordFile(
  path: string,
  signal: AbortSignal,
): Promise<{ readonly value: unknown } | { readonly reason: Reason }> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST) return { reason: { code: 'models.import-too-large', params: { size, largest: LARGEST } } };
    const text = new TextDecoder().decode(await readFile(path, { signal }));
    return { value: parseLines(text) ?? parse(text) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SyntaxError) return { reason: { code: 'models.import-not-json', params: {} } };
    return { reason: toKuraError(error) };
  }
}

/** JSON Lines, one record per line, as lists are exported; undefined when the text is anything else. */
function parseLines(text: string): readonly unknown[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2 || !lines.every((line) => /^\s*\{.*\}\s*$/.test(line))) return undefined;
  try {
    return lines.map(parse);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** PostgreSQL stores no NUL in text; no name has one by honest means. */
function parse(text: string): unknown {
  if (!text.includes('\\u0000')) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\u0000', '') : value,
  );
}

async function dated(path: string, clock: Clock): Promise<RecordFile> {
  const modified = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => clock.now(),
  );
  return { path, at: instant(new Date(Math.min(Math.max(0, modified), clock.now()))) };
}

function passedOver(because: 'link' | 'special'): Reason {
  return { code: `cli.scan.passed-over-${because}`, params: {} };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
