/** Scans whatever stands below some paths, and says of everything what came of it: nothing is left out silently. */
import { basename, resolve } from 'node:path';

import type { Scanner, ScanReport } from '#engines/modelscan';

import type { ExternalScan, ExternalScanner, VirusScan, VirusScanner } from '../../ports.ts';
import type { StoredVerdict } from '../../store/scan-store.ts';
import { type WalkedEntry, walkFiles } from '../walk-files.ts';
import { scannersFor } from './external-scan.ts';
import type { KnownVerdicts } from './known-verdicts.ts';

export type ScannedPath =
  | {
      readonly kind: 'scanned';
      readonly path: string;
      readonly report: ScanReport;
      /** Undefined when no virus scanner was asked. */
      readonly virusScan: VirusScan | undefined;
      readonly externalScans: readonly ExternalScan[];
    }
  /** Not read: it has not changed since the library had it scanned. */
  | {
      readonly kind: 'known';
      readonly path: string;
      readonly verdict: StoredVerdict;
      readonly virusScan: VirusScan | undefined;
      readonly externalScans: readonly ExternalScan[];
    }
  | Exclude<WalkedEntry, { readonly kind: 'file' }>;

export interface ScanPathsOptions {
  readonly signal: AbortSignal;
  /** How many files are given to the scanners at once; at least as many as there are threads. */
  readonly parallel: number;
  /** Asked about each file as well. */
  readonly virusScanner?: VirusScanner | undefined;
  /** Those that know its format are asked about each file, too. */
  readonly externalScanners?: readonly ExternalScanner[] | undefined;
  /** Asked before a file is read. */
  readonly known?: KnownVerdicts | undefined;
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
    const known = (await options.known?.knowsBelow(resolve(path))) === true ? options.known : undefined;
    for await (const entry of walkFiles(path, signal)) {
      underWay.push(started(scanner, entry, { ...options, known }));
      const first = underWay.length <= parallel ? undefined : underWay.shift();
      if (first !== undefined) yield await first;
    }
  }
  for (const scan of underWay) yield await scan;
}

function started(scanner: Pick<Scanner, 'scan'>, entry: WalkedEntry, options: ScanPathsOptions): Promise<ScannedPath> {
  if (entry.kind !== 'file') return Promise.resolve(entry);
  const scan = scanned(scanner, entry.path, options);
  // When an earlier one fails, nobody waits for this one any more.
  scan.catch(() => undefined);
  return scan;
}

async function scanned(
  scanner: Pick<Scanner, 'scan'>,
  path: string,
  { signal, virusScanner, externalScanners, known }: ScanPathsOptions,
): Promise<ScannedPath> {
  const [own, virusScan] = await Promise.all([
    judged(scanner, path, { signal, known }),
    virusScanner?.scan(path, signal),
  ]);
  const { format, verdict, findings } = own.kind === 'known' ? own.verdict : own.report;
  const file = { name: basename(path), format, verdict, findings };
  const externalScans: ExternalScan[] = [];
  for (const external of scannersFor(format, externalScanners)) {
    externalScans.push(await external.scan(path, signal, file));
  }
  return { ...own, path, virusScan, externalScans };
}

async function judged(
  scanner: Pick<Scanner, 'scan'>,
  path: string,
  { signal, known }: Pick<ScanPathsOptions, 'signal' | 'known'>,
): Promise<
  | { readonly kind: 'scanned'; readonly report: ScanReport }
  | { readonly kind: 'known'; readonly verdict: StoredVerdict }
> {
  const verdict = await known?.recall(path);
  if (verdict !== undefined) return { kind: 'known', verdict };
  return { kind: 'scanned', report: await scanner.scan(path, { signal }) };
}
