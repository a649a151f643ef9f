/** `kura scan PATH…`: what could be dangerous in files and folders, without loading any of it. */
import { availableParallelism } from 'node:os';

import { z } from 'zod';

import { createScanner } from '#engines/modelscan';
import { type Command, defineCommand, exitCodes } from '#platform/cli';

import type { ScanVerdict } from '../contract/index.ts';
import type { KnownVerdicts } from '../core/scanning/known-verdicts.ts';
import { type ScannedPath, scanPaths } from '../core/scanning/scan-paths.ts';
import type { ExternalScanner, VirusScanner } from '../ports.ts';
import { exitCodeOf } from './exit-code.ts';
import { scanLineOf } from './scan-line.ts';
import { createScanSummary } from './scan-summary.ts';

/** Each may need a heap of half a GiB for a hostile file. */
const MOST_THREADS = 4;
const FILES_PER_THREAD = 64;

export interface ScanCommandDeps {
  /** As configured for the data directory that `--home` names; default: none. */
  readonly configuredVirusScanner?: ((home: string | undefined) => VirusScanner | undefined) | undefined;
  readonly configuredExternalScanners?: ((home: string | undefined) => readonly ExternalScanner[]) | undefined;
  /** Verdicts of the data directory that `--home` names, where there is one; makes none. Default: none are known. */
  readonly openKnownVerdicts?: ((home: string | undefined) => Promise<OpenKnownVerdicts | undefined>) | undefined;
}

export interface OpenKnownVerdicts extends AsyncDisposable {
  readonly verdicts: KnownVerdicts;
}

export function scanCommand(deps: ScanCommandDeps): Command<unknown> {
  return defineCommand<unknown>()({
    words: ['scan'],
    arguments: [{ name: 'path', required: true, variadic: true }],
    output: 'ndjson',
    options: [{ flags: '--no-cache' }],
    input: z.strictObject({ path: z.array(z.string().min(1)).min(1), cache: z.boolean().default(true) }),
    async run({ path: paths, cache }, { out, signal, translator, globals }) {
      const threads = Math.min(MOST_THREADS, availableParallelism());
      await using scanner = createScanner({ size: threads, startsAtOnce: true });
      const virusScanner = deps.configuredVirusScanner?.(globals.home);
      const externalScanners = deps.configuredExternalScanners?.(globals.home) ?? [];
      await using memory = cache ? await deps.openKnownVerdicts?.(globals.home) : undefined;
      // Our own scanner takes small files by the lot; the others get no more than they would work on.
      const isAlone = virusScanner === undefined && externalScanners.length === 0;
      const parallel = isAlone ? threads * FILES_PER_THREAD : threads;
      const summary = createScanSummary(translator);
      const count = { done: 0, failed: 0, dangerous: 0 };
      for await (const scanned of scanPaths(scanner, paths, {
        signal,
        parallel,
        virusScanner,
        externalScanners,
        known: memory?.verdicts,
      })) {
        const line = scanLineOf(scanned, translator);
        tally(count, scanned.kind, line.verdict);
        summary.add(line);
        out.event(line);
        out.progress(() => summary.progress());
      }
      out.progress(undefined);
      if (!out.json) out.result(undefined, () => summary.text());
      return count.dangerous > 0 ? exitCodes.refused : exitCodeOf(count);
    },
  });
}

/** What is passed over on purpose is no failure. */
function tally(
  count: { done: number; failed: number; dangerous: number },
  kind: ScannedPath['kind'],
  verdict: ScanVerdict,
): void {
  if (kind === 'passed-over') return;
  if (kind === 'unreadable' || verdict === 'unscanned') {
    count.failed += 1;
    return;
  }
  count.done += 1;
  if (verdict === 'dangerous') count.dangerous += 1;
}
