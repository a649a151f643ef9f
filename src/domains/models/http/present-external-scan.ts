/** What external scanners said of a file, in the reader's language. */
import type { Translator } from '#platform/i18n';

import type { ExternalScanView } from '../contract/index.ts';
import type { ExternalScan } from '../ports.ts';
import { presentReason } from './present-records.ts';

export function presentExternalScan(
  { scanner, result, findings, reason, isolation, scannedAt }: ExternalScan & { readonly scannedAt?: string },
  text: Translator,
): ExternalScanView {
  return {
    scanner,
    result,
    findings: findings.map((finding) => ({ ...finding })),
    reason: reason === null ? null : presentReason(reason, text),
    isolation,
    scannedAt: scannedAt ?? null,
  };
}
