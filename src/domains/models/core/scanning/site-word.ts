/** What the site's own scans say of a file of the library: what was heard last, else what its last scan has on record. */
import type { Database } from '#platform/db';

import { findFileScan } from '../../store/file-scan-store.ts';
import type { LibraryFile } from '../../store/library-store.ts';
import type { StoredFinding } from '../../store/scan-store.ts';
import { findSiteScan } from '../../store/site-scan-store.ts';

export async function siteWordOn(database: Database, file: LibraryFile, sha256: string) {
  const heard = await findSiteScan(database, file);
  const last = await findFileScan(database, file.path);
  const findings = last?.sha256 === sha256 ? last.findings : [];
  return {
    name: heard?.name ?? file.name,
    format: heard?.format ?? null,
    virusScan: { result: heard?.virusScan ?? saidIn(findings, 'civitai-virus-scan'), message: null },
    pickleScan: { result: heard?.pickleScan ?? saidIn(findings, 'civitai-pickle-scan'), message: null },
    scannedAt: null,
  };
}

function saidIn(findings: readonly StoredFinding[], rule: string): string | null {
  const said = findings.find((finding) => finding.rule === rule)?.params['said'];
  return typeof said === 'string' ? said : null;
}
