/** Scans whatever stands below some paths, and says of everything what came of it: nothing is left out silently. */
import type { Scanner, ScanReport } from '#engines/modelscan';

import type { VirusScan, VirusScanner } from '../../ports.ts';
import { type WalkedEntry, walkFiles } from '../walk-files.ts';

export type ScannedPath =
  | {
      readonly kind: 'scanned';
      readonly path: string;
      readonly report: ScanReport;
      /** Undefined when no virus scanner was asked. */
      readonly virusScan: VirusScan | undefined;
    }
  | Exclude<WalkedEntry, { readonly kind: 'file' }>;

export interface ScanPathsOptions {
  readonly signal: AbortSignal;
  /** How many files are given to the scanner at once; as many as it has threads. */
  readonly parallel: number;
  /** Asked about each file as well. */
  readonly virusScanner?: VirusScanner | undefined;
}

/** In the order of the walk, whichever scan is done first. @throws the signal's reason */
export async function* scanPaths(
  scanner: Pick<Scanner, 'scan'>,
  paths: readonly string[],
  options: ScanPathsOptions,
): AsyncGenerator<ScannedPath> {
  const { signal, parallel } = options;
  const underWay: Promise<ScannedPath>[] = [];
  for (const path of paths) {
    for await (const entry of walkFiles(path, signal)) {
      underWay.push(started(scanner, entry, options));
      const first = underWay.length <= parallel ? undefined : underWay.shift();
      if (first !== undefined) yield await first;
    }
  }
  for (const scan of underWay) yield await scan;
}

function started(
  scanner: Pick<Scanner, 'scan'>,
  entry: WalkedEntry,
  { signal, virusScanner }: ScanPathsOptions,
): Promise<ScannedPath> {
  if (entry.kind !== 'file') return Promise.resolve(entry);
  const { path } = entry;
  const both = Promise.all([scanner.scan(path, { signal }), virusScanner?.scan(path, signal)]);
  const scan = both.then(([report, virusScan]): ScannedPath => ({ kind: 'scanned', path, report, virusScan }));
  // When an earlier one fails, nobody waits for this one any more.
  scan.catch(() => undefined);
  return scan;
}
