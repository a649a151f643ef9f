/** One file or buffer, one report. Reads synchronously: for hostile input give the work to `createScanner`. */
import { basename, dirname } from 'node:path';

import { type Clock, systemClock } from '#kernel/clock';

import { type ByteSource, bufferSource, countingSource, type FileSource, openFileSource } from './byte-source.ts';
import type { Format } from './format.ts';
import { defaultScanLimits, type ScanLimits } from './limits.ts';
import { modelFacts } from './metadata/model-facts.ts';
import { type Finding, type ScanReport, type Verdict, verdictOf } from './report.ts';
import { ruleSetVersion } from './rules.ts';
import { scanContent } from './scan-content.ts';
import { ScanContext } from './scan-context.ts';
import { Scope } from './scope.ts';

export interface ScanOptions {
  readonly signal?: AbortSignal;
  /** Bounds that differ from `defaultScanLimits`. */
  readonly limits?: Partial<ScanLimits>;
  /** All names a loader may see the bytes under, e.g. the final name of a download; default: the file's own. */
  readonly names?: readonly string[];
  readonly clock?: Clock;
  /** Told of each finding as it is made. */
  readonly onFinding?: (finding: Finding) => void;
}

/**
 * Scans one file. Never executes, unpickles or extracts anything. A file that cannot be opened or read is `unscanned`.
 * @throws only the reason of `signal` when it is aborted.
 */
export async function scanFile(path: string, options: ScanOptions = {}): Promise<ScanReport> {
  options.signal?.throwIfAborted();
  let source: FileSource;
  try {
    source = openFileSource(path);
  } catch (error) {
    return unscanned(path, error);
  }
  using file = source;
  return await scan(path, file, { names: [basename(path)], ...options, folder: dirname(path) });
}

/** Scans bytes that are no file of their own: a buffer, or any source with positional reads. */
export async function scanBytes(content: Uint8Array | ByteSource, options: ScanOptions = {}): Promise<ScanReport> {
  const source = content instanceof Uint8Array ? bufferSource(content) : content;
  return scan(options.names?.[0] ?? '', source, options);
}

interface Task extends ScanOptions {
  readonly folder?: string;
}

async function scan(path: string, source: ByteSource | FileSource, options: Task): Promise<ScanReport> {
  const clock = options.clock ?? systemClock;
  const started = clock.monotonic();
  const context = new ScanContext({
    fileSize: source.size,
    folder: options.folder,
    limits: options.limits === undefined ? defaultScanLimits : { ...defaultScanLimits, ...options.limits },
    signal: options.signal,
    onFinding: options.onFinding,
  });
  const counted = countingSource(source, (count) => {
    context.bytesRead += count;
  });
  const format = await scanContent(new Scope(context, options.names ?? []), counted);
  if ('hasChanged' in source && source.hasChanged()) context.report('file-changed', '');
  return reportOf(path, { source, context, format, ms: clock.monotonic() - started });
}

interface Outcome {
  readonly source: ByteSource | FileSource;
  readonly context: ScanContext;
  readonly format: Format;
  readonly ms: number;
}

/** The report on what `context` has collected. */
export function reportOf(path: string, { source, context, format, ms }: Outcome): ScanReport {
  const facts = modelFacts(context.record, format);
  return {
    path,
    format,
    formats: [...context.formats],
    verdict: verdictOf(context.severities),
    findings: context.findings,
    imports: context.imports,
    bytesRead: context.bytesRead,
    sizeBytes: source.size,
    ...('modifiedMs' in source ? { modifiedMs: source.modifiedMs } : {}),
    ms,
    ruleSetVersion,
    ...(context.metadata === undefined ? {} : { metadata: context.metadata }),
    ...(facts === undefined ? {} : { facts }),
  };
}

function unscanned(path: string, error: unknown): ScanReport {
  const context = new ScanContext({ fileSize: 0, limits: defaultScanLimits });
  context.report('scan-unreadable', '', { evidence: error instanceof Error ? error.message : String(error) });
  return withoutContent(path, 'unscanned', context.findings);
}

/** A report on a file that no scanner got to the end of: what was found so far, under the verdict given. */
export function withoutContent(path: string, verdict: Verdict, findings: readonly Finding[]): ScanReport {
  return {
    path,
    format: 'unknown',
    formats: [],
    verdict,
    findings,
    imports: [],
    bytesRead: 0,
    sizeBytes: 0,
    ms: 0,
    ruleSetVersion,
  };
}
