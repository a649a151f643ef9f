/** The virus scanner beside our own scan: what it finds makes a file dangerous, what it did not scan makes none clean. */
import { type Clock, nowInstant } from '#kernel/clock';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { ScanVerdict } from '../../contract/index.ts';
import type { VirusScan, VirusScanner } from '../../ports.ts';
import type { StoredFinding } from '../../store/scan-store.ts';
import { findVirusScan, type StoredVirusScan, saveVirusScan } from '../../store/virus-scan-store.ts';

export interface VirusScanDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** Absent: none is configured. */
  readonly virusScanner?: VirusScanner | undefined;
  readonly measures: { virusScanned(result: VirusScan['result']): void };
}

export interface VirusScanRequest {
  readonly path: string;
  readonly sha256: string;
  /** Scan whatever is known of it. */
  readonly fresh?: boolean | undefined;
}

/**
 * Asks the scanner unless it has seen these bytes with the signatures of today. A find of an earlier day stands as long
 * as nobody scans again. Undefined when no scanner is configured.
 */
export async function scanWithVirusScanner(
  deps: VirusScanDeps,
  { path, sha256, fresh = false }: VirusScanRequest,
  { actor, signal }: { readonly actor: Actor; readonly signal: AbortSignal },
): Promise<StoredVirusScan | undefined> {
  const { virusScanner: scanner, clock } = deps;
  if (scanner === undefined) return undefined;
  const known = await findVirusScan(deps.database, sha256);
  if (known !== undefined && !fresh && (await isOfToday(known, scanner, signal))) return known;
  const scan = { ...(await scanner.scan(path, signal)), sha256, scannedAt: nowInstant(clock) };
  deps.measures.virusScanned(scan.result);
  await deps.unitOfWork.write(actor, async (tx) => saveVirusScan(tx, scan));
  return scan.result === 'not-scanned' && known?.result === 'infected' ? known : scan;
}

/** Without a version nobody can tell whether the signatures are the same. */
async function isOfToday(known: StoredVirusScan, scanner: VirusScanner, signal: AbortSignal): Promise<boolean> {
  const version = known.engine?.signatures.version ?? null;
  if (known.result === 'not-scanned' || version === null) return false;
  try {
    return (await scanner.state(signal)).signatures.version === version;
  } catch {
    // Whatever keeps it from answering is told by the scan itself.
    signal.throwIfAborted();
    return false;
  }
}

/** What is on record of some bytes. */
export interface KnownVirusScan {
  /** Whether anybody would scan them. */
  readonly isConfigured: boolean;
  readonly scan: StoredVirusScan | undefined;
}

export async function knownVirusScan(
  { database, virusScanner }: Pick<VirusScanDeps, 'database' | 'virusScanner'>,
  sha256: string,
): Promise<KnownVirusScan> {
  return { isConfigured: virusScanner !== undefined, scan: await findVirusScan(database, sha256) };
}

/** A verdict with what the virus scanner found: worse or the same, never milder. */
export function withVirusFinding<
  Judged extends { readonly verdict: ScanVerdict; readonly findings: readonly StoredFinding[] },
>(judged: Judged, scan: VirusScan | undefined): Judged {
  if (scan?.result !== 'infected') return judged;
  return { ...judged, verdict: 'dangerous', findings: [virusFinding(scan), ...judged.findings] };
}

export function virusFinding({ signature, engine }: VirusScan): StoredFinding {
  const params = { signature: signature ?? '?', engine: engine?.name ?? '?' };
  return {
    rule: `clamav.${params.signature}`,
    severity: 'dangerous',
    key: 'models.virus-found',
    params,
    location: {},
  };
}
