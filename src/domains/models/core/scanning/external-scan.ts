/** External scanners beside our own scan: what they find can make a verdict worse, what they do not find changes nothing. */
import { type Clock, nowInstant } from '#kernel/clock';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { ScanVerdict } from '../../contract/index.ts';
import type { ExternalFinding, ExternalScan, ExternalScanner, FileToScan } from '../../ports.ts';
import { findExternalScans, type StoredExternalScan, saveExternalScan } from '../../store/external-scan-store.ts';
import type { StoredFinding } from '../../store/scan-store.ts';

export interface ExternalScanDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** Asked for each file: plugins come and go. Absent: there are none. */
  readonly externalScanners?: (() => Promise<readonly ExternalScanner[]>) | undefined;
  readonly measures: { externallyScanned(scanner: string, result: ExternalScan['result']): void };
}

export interface ExternalScanRequest extends FileToScan {
  readonly path: string;
  readonly sha256: string;
  /** Scan whatever is known of it. */
  readonly fresh?: boolean | undefined;
}

/** One after the other. Who has seen these bytes before is asked again only when it has changed. */
export async function scanWithExternalScanners(
  deps: ExternalScanDeps,
  { path, sha256, fresh = false, ...file }: ExternalScanRequest,
  { actor, signal }: { readonly actor: Actor; readonly signal: AbortSignal },
): Promise<readonly StoredExternalScan[]> {
  const asked = scannersFor(file.format, await deps.externalScanners?.());
  if (asked.length === 0) return [];
  const known = await findExternalScans(deps.database, sha256);
  const scans: StoredExternalScan[] = [];
  for (const scanner of asked) {
    const before = known.get(scanner.name);
    const version = await scanner.version(file);
    if (before?.version === version && before.result !== 'not-scanned' && !fresh) {
      scans.push(before);
      continue;
    }
    const scan = { ...(await scanner.scan(path, signal, file)), sha256, version, scannedAt: nowInstant(deps.clock) };
    deps.measures.externallyScanned(scanner.name, scan.result);
    // A find is not forgotten because its finder cannot be asked.
    if (scan.result === 'not-scanned' && before !== undefined && before.findings.length > 0) {
      scans.push(before);
      continue;
    }
    await deps.unitOfWork.write(actor, async (tx) => saveExternalScan(tx, scan));
    scans.push(scan);
  }
  return scans;
}

export function scannersFor(
  format: string,
  scanners: readonly ExternalScanner[] | undefined,
): readonly ExternalScanner[] {
  return scanners?.filter(({ formats }) => formats === undefined || formats.has(format)) ?? [];
}

/** What is on record of some bytes, for each scanner that is configured. */
export async function knownExternalScans(
  { database, externalScanners }: Pick<ExternalScanDeps, 'database' | 'externalScanners'>,
  sha256: string,
): Promise<readonly StoredExternalScan[]> {
  const configured = (await externalScanners?.()) ?? [];
  if (configured.length === 0) return [];
  const known = await findExternalScans(database, sha256);
  return configured.flatMap(({ name }) => known.get(name) ?? []);
}

/** A verdict with what the scanners found: worse or the same, never milder. */
export function withExternalFindings<
  Judged extends { readonly verdict: ScanVerdict; readonly findings: readonly StoredFinding[] },
>(judged: Judged, scans: readonly ExternalScan[]): Judged {
  const found = scans.flatMap((scan) => scan.findings.map((finding) => externalFinding(scan.scanner, finding)));
  if (found.length === 0) return judged;
  const verdict = found.some(({ severity }) => severity === 'dangerous')
    ? 'dangerous'
    : atLeastSuspicious(judged.verdict);
  return { ...judged, verdict, findings: [...found, ...judged.findings] };
}

/** What nobody could scan stays so: policy may be stricter about that. */
function atLeastSuspicious(verdict: ScanVerdict): ScanVerdict {
  return verdict === 'clean' ? 'suspicious' : verdict;
}

export function externalFinding(scanner: string, { rule, severity, message }: ExternalFinding): StoredFinding {
  const params = { scanner, rule, message: message === '' ? rule : message };
  return { rule: `external.${scanner}.${rule}`, severity, key: 'models.external-found', params, location: {} };
}
