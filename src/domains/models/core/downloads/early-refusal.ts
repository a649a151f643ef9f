/** What a first look has to say against a file, as the error the download ends with. */
import type { Finding, ScanReport } from '#engines/modelscan';
import { KuraError } from '#kernel/errors';

import type { PlannedFile } from './plan-file.ts';

const FINDINGS_TOLD = 3;

/** Undefined as long as nothing is certain. */
export function refusalOfReport(
  { verdict, findings, format }: ScanReport,
  { file }: Pick<PlannedFile, 'file'>,
  sizeBytes: number,
): KuraError | undefined {
  const about = { name: file.name, sizeBytes };
  if (verdict === 'dangerous' || verdict === 'invalid') {
    const told = findings.filter(({ severity }) => severity === verdict).slice(0, FINDINGS_TOLD);
    const params = { ...about, findings: told.map(inOneLine).join('; ') };
    return new KuraError('refused', `models.first-look-${verdict}`, { params });
  }
  if (!findings.some(({ rule }) => rule === 'format-name-mismatch')) return undefined;
  return new KuraError('refused', 'models.first-look-format', { params: { ...about, format } });
}

/** As in the scan report: the rule, where, and what was seen. */
function inOneLine({ rule, location, evidence }: Finding): string {
  const place = location.member === undefined ? '' : ` (${location.member})`;
  return evidence === '' ? `${rule}${place}` : `${rule}${place}: ${evidence}`;
}
