/** Scanner reports in the forms in which they are kept and shown. */
import type { Finding, ScanReport } from '#engines/modelscan';
import type { Clock } from '#kernel/clock';
import { nowInstant } from '#kernel/clock';

import type { StoredFinding, StoredVerdict } from '../../store/scan-store.ts';

function storedFinding({ rule, severity, message, location }: Finding): StoredFinding {
  const params = Object.fromEntries(
    Object.entries(message.params).filter((entry): entry is [string, string | number | boolean | null] => {
      return entry[1] !== undefined;
    }),
  );
  return { rule, severity, key: message.key, params, location };
}

export function storedVerdict(
  report: ScanReport,
  sha256: string,
  clock: Clock,
): Omit<StoredVerdict, 'name' | 'limits'> {
  return {
    sha256,
    ruleSet: report.ruleSetVersion,
    verdict: report.verdict,
    format: report.format,
    findings: report.findings.map(storedFinding),
    scannedAt: nowInstant(clock),
  };
}
