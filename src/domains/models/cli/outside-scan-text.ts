/** What others say of a file, for people. */
import type { Translator } from '#platform/i18n';

import type { ExternalScanView, SiteScanView, VirusScanView } from '../contract/index.ts';

/** `nothing found (ClamAV 1.4.6, signatures 27500, 2026-11-20)`; why nothing was scanned. */
export function virusScanText({ result, signature, engine, signatures, reason }: VirusScanView, text: Translator) {
  const params = { signature: signature ?? '?', reason: reason?.message ?? '?' };
  const told = text.text(`models.virus-result-${result}`, params);
  if (engine === null || result === 'not-scanned') return told;
  const { version = null, date = null } = signatures ?? {};
  const state = [...(version === null ? [] : [version]), ...(date === null ? [] : [text.time(date)])].join(', ');
  const age = state === '' ? text.text('models.virus-signatures-unknown') : state;
  return text.text('models.virus-engine', { result: told, engine, signatures: age });
}

/** `clamscan: nothing found`; `clamscan: not scanned – bubblewrap is not installed.` */
export function externalScanText(scan: ExternalScanView, text: Translator): string {
  const { scanner, result, findings, reason, isolation } = scan;
  const message = findings.map((finding) => finding.message || finding.rule).join('; ');
  const told = text.text(`models.external-result-${result}`, { scanner, message, reason: reason?.message ?? '?' });
  return isolation === 'limited' ? text.text('models.external-not-isolated', { result: told }) : told;
}

export function siteScanText({ virus, pickle }: SiteScanView, text: Translator): string {
  function outcome({ outcome: word, said }: SiteScanView['virus']): string {
    return text.text(`models.site-scan.${word}`, { said: said ?? '' });
  }
  return text.text('cli.models.show.site-scan', { virus: outcome(virus), pickle: outcome(pickle) });
}
