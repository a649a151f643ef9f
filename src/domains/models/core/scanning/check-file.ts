/** One scan of one file, unless the same bytes were scanned before under this name, by these rules, within these limits. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';

import { defaultScanLimits, ruleSetVersion, type Scanner, type ScanReport } from '#engines/modelscan';
import type { Clock } from '#kernel/clock';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { ScanVerdict } from '../../contract/index.ts';
import { findVerdict, type StoredVerdict, saveVerdict } from '../../store/scan-store.ts';
import type { DownloadMeasures } from '../downloads/download-metrics.ts';
import { storedVerdict } from './scan-report.ts';
import { scanWithVirusScanner, type VirusScanDeps, withVirusFinding } from './virus-scan.ts';

export interface CheckDeps extends Pick<VirusScanDeps, 'virusScanner'> {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly scanner: Pick<Scanner, 'scan'>;
  readonly measures: Pick<DownloadMeasures, 'scanned' | 'scanKnown' | 'virusScanned'>;
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

/** By our own rules, and by the virus scanner where there is one. */
export async function checkFile(deps: CheckDeps, request: CheckRequest, options: CheckOptions): Promise<CheckedFile> {
  const checked = await checkByRules(deps, request, options);
  return withVirusFinding(checked, await scanWithVirusScanner(deps, request, options));
}

async function checkByRules(
  deps: CheckDeps,
  { path, name, sha256, fresh = false }: CheckRequest,
  { actor, signal }: CheckOptions,
): Promise<CheckedFile> {
  const key = { sha256, name: nameKey(name), ruleSet: ruleSetVersion, limits: limitsDigest };
  const known = fresh ? undefined : await findVerdict(deps.database, key);
  if (known !== undefined) {
    deps.measures.scanKnown(known.verdict);
    return { ...known, bytesRead: 0, report: undefined };
  }
  const report = await deps.scanner.scan(path, { signal, names: [basename(name)] });
  deps.measures.scanned(report.verdict, report);
  const stored: StoredVerdict = { ...storedVerdict(report, sha256, deps.clock), name: key.name, limits: key.limits };
  if (isLasting(report)) await deps.unitOfWork.write(actor, async (tx) => saveVerdict(tx, stored));
  return { ...stored, bytesRead: report.bytesRead, report };
}

const limitsDigest = createHash('sha256').update(JSON.stringify(defaultScanLimits)).digest('hex').slice(0, 16);

function nameKey(name: string): string {
  return basename(name).normalize('NFC').toLowerCase();
}

/** A file that could not be read, or not in time, may be tomorrow. */
function isLasting({ verdict, findings }: { verdict: ScanVerdict; findings: ScanReport['findings'] }): boolean {
  return verdict !== 'unscanned' && !findings.some(({ rule }) => rule === 'scan-time');
}
