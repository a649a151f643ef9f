/**
 * What head, tail and a few pieces of a file tell before the rest is fetched. Each finding rests on true bytes and would
 * be in the report on the whole file as well; that nothing was found means nothing.
 */
import { type Clock, systemClock } from '#kernel/clock';

import { type ByteSource, countingSource } from '../byte-source.ts';
import { detectBySignature } from '../detect-format.ts';
import type { Format } from '../format.ts';
import { scanGguf } from '../gguf/scan-gguf.ts';
import { defaultScanLimits } from '../limits.ts';
import { expectedFormats } from '../name-expectation.ts';
import { walkPickles } from '../pickle/scan-pickle.ts';
import type { ScanReport } from '../report.ts';
import { scanSafetensors } from '../safetensors/scan-safetensors.ts';
import { ScanContext } from '../scan-context.ts';
import { reportOf, type ScanOptions } from '../scan-file.ts';
import { ScanStop } from '../scan-stop.ts';
import { Scope } from '../scope.ts';
import { scanLegacyTorch } from '../torch/scan-legacy.ts';
import { beginsAsPickle } from './begins-as-pickle.ts';
import { type FilePieces, MissingBytes, piecesSource, type WantedBytes } from './file-pieces.ts';
import { lookIntoZip } from './look-into-zip.ts';

/** Formats that begin with their own mark: a file of such a name without the mark is something else. */
const marked: ReadonlySet<Format> = new Set<Format>(['safetensors', 'gguf']);

/** @throws only the reason of `signal` when it is aborted. */
export async function lookAtPieces(file: FilePieces, options: ScanOptions = {}): Promise<ScanReport> {
  const clock: Clock = options.clock ?? systemClock;
  const started = clock.monotonic();
  const context = new ScanContext({
    fileSize: file.size,
    limits: { ...defaultScanLimits, ...options.limits },
    signal: options.signal,
    onFinding: options.onFinding,
  });
  const source = countingSource(piecesSource(file), (count) => {
    context.bytesRead += count;
  });
  const scope = new Scope(context, options.names ?? []);
  let format: Format = 'unknown';
  let wanted: WantedBytes | undefined;
  try {
    format = detectBySignature(source) ?? 'unknown';
    context.formats.add(format);
    await lookAs(format, scope, source);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof MissingBytes) ({ wanted } = error);
    else if (error instanceof ScanStop) scope.report(error.rule, error.details);
    else scope.report('scan-failed', { evidence: error instanceof Error ? error.message : String(error) });
  }
  const report = reportOf(options.names?.[0] ?? '', { source, context, format, ms: clock.monotonic() - started });
  return wanted === undefined ? report : { ...report, wanted };
}

async function lookAs(format: Format, scope: Scope, source: ByteSource): Promise<void> {
  judgeName(format, scope);
  switch (format) {
    case 'safetensors':
      return scanSafetensors(scope, source);
    case 'gguf':
      return scanGguf(scope, source);
    case 'zip':
      return lookIntoZip(scope, source);
    case 'torch-legacy':
      return scanLegacyTorch(scope, source);
    case 'unknown':
      if (beginsAsPickle(source)) await walkPickles(scope, source);
      return;
    default:
  }
}

function judgeName(format: Format, scope: Scope): void {
  for (const name of scope.names) {
    const expected = expectedFormats(name);
    if (expected === undefined || expected.includes(format) || !expected.every((one) => marked.has(one))) continue;
    scope.report('format-name-mismatch', { evidence: `${name}: ${format}` });
  }
}
