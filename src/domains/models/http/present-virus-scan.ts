/** What the virus scanner said of a file, in the reader's language. */
import type { Translator } from '#platform/i18n';

import type { VirusScanView } from '../contract/index.ts';
import type { VirusScan } from '../ports.ts';
import { presentReason } from './present-records.ts';

interface ReportedScan extends VirusScan {
  readonly scannedAt?: string;
}

/** Undefined: nobody has scanned these bytes. */
export function presentVirusScan(
  { scan, isConfigured }: { readonly scan: ReportedScan | undefined; readonly isConfigured: boolean },
  text: Translator,
): VirusScanView {
  const code = isConfigured ? 'models.virus-scan-not-yet' : 'models.virus-scan-off';
  const { result, signature, engine, reason } = scan ?? {
    result: 'not-scanned',
    signature: null,
    engine: null,
    reason: { code, params: {} },
  };
  return {
    result,
    signature,
    engine: engine?.name ?? null,
    signatures: engine?.signatures ?? null,
    reason: reason === null ? null : presentReason(reason, text),
    scannedAt: scan?.scannedAt ?? null,
  };
}
