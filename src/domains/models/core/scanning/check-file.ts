/** One scan of one file, unless the same bytes were scanned before under this name, by these rules, within these limits. */
import { basename } from 'node:path';

import { factsVersion, type Scanner, type ScanReport } from '#engines/modelscan';
import type { Clock } from '#kernel/clock';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { ScanVerdict } from '../../contract/index.ts';
import { findFileFacts, saveFileFacts } from '../../store/file-facts-store.ts';
import { findVerdict, type StoredVerdict, saveVerdict } from '../../store/scan-store.ts';
import type { DownloadMeasures } from '../downloads/download-metrics.ts';
import { type ExternalScanDeps, scanWithExternalScanners, withExternalFindings } from './external-scan.ts';
import { storedVerdict } from './scan-report.ts';
import { verdictKeyOf } from './verdict-key.ts';
import { scanWithVirusScanner, type VirusScanDeps, withVirusFinding } from './virus-scan.ts';

export interface CheckDeps extends Pick<VirusScanDeps, 'virusScanner'>, Pick<ExternalScanDeps, 'externalScanners'> {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly scanner: Pick<Scanner, 'scan'>;
  readonly measures: Pick<DownloadMeasures, 'scanned' | 'scanKnown' | 'virusScanned' | 'externallyScanned'>;
}

export interface CheckRequest {
  readonly path: string;
  /** Under which a loader would see it. */
  readonly name: string;
  readonly sha256: string;
  /** Scan whatever is known of it. */
  readonly fresh?: boolean | undefined;
}

export interface CheckedFile extends StoredVerdict {
  /** 0 when the verdict was known. */
  readonly bytesRead: number;
  /** Undefined when the verdict was known. */
  readonly report: ScanReport | undefined;
}

interface CheckOptions {
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

/** By our own rules, and by the virus scanner and the external scanners where there are any. */
export async function checkFile(deps: CheckDeps, request: CheckRequest, options: CheckOptions): Promise<CheckedFile> {
  const checked = await checkByRules(deps, request, options);
  const viruses = await scanWithVirusScanner(deps, request, options);
  const { format, verdict, findings } = checked;
  const known = { name: basename(request.name), format, verdict, findings };
  const others = await scanWithExternalScanners(deps, { ...request, ...known }, options);
  return withVirusFinding(withExternalFindings(checked, others), viruses);
}

async function checkByRules(
  deps: CheckDeps,
  { path, name, sha256, fresh = false }: CheckRequest,
  { actor, signal }: CheckOptions,
): Promise<CheckedFile> {
  const key = verdictKeyOf(name, sha256);
  const isKnown = !fresh && (await findFileFacts(deps.database, sha256, factsVersion)) !== undefined;
  const known = isKnown ? await findVerdict(deps.database, key) : undefined;
  if (known !== undefined) {
    deps.measures.scanKnown(known.verdict);
    return { ...known, bytesRead: 0, report: undefined };
  }
  const report = await deps.scanner.scan(path, { signal, names: [basename(name)] });
  deps.measures.scanned(report.verdict, report);
  const stored: StoredVerdict = { ...storedVerdict(report, sha256, deps.clock), name: key.name, limits: key.limits };
  if (isLasting(report)) {
    const { facts } = report;
    await deps.unitOfWork.write(actor, async (tx) => {
      await saveVerdict(tx, stored);
      await saveFileFacts(tx, { sha256, version: factsVersion, facts, readAt: stored.scannedAt });
    });
  }
  return { ...stored, bytesRead: report.bytesRead, report };
}

/** A file that could not be read, or not in time, may be tomorrow. */
function isLasting({ verdict, findings }: { verdict: ScanVerdict; findings: ScanReport['findings'] }): boolean {
  return verdict !== 'unscanned' && !findings.some(({ rule }) => rule === 'scan-time');
}
