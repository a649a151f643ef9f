/** What a first look has to say against a file, as the error the download ends with. */
import type { Finding, ScanReport } from '#engines/modelscan';
import { KuraError } from '#kernel/errors';

import { isAdmitted, type RiskTaken, ruleOn, type ScanPolicy } from '../scanning/scan-policy.ts';
import type { PlannedFile } from './plan-file.ts';

const FINDINGS_TOLD = 3;

export interface AskedFile extends Pick<PlannedFile, 'file'> {
  readonly policy: ScanPolicy;
  readonly risk: RiskTaken;
}

/** Undefined as long as nothing is certain, and for what would be let in at its end. */
export function refusalOfReport(
  report: ScanReport,
  { file, policy, risk }: AskedFile,
  sizeBytes: number,
): KuraError | undefined {
  const { verdict, findings, format } = report;
  if (isAdmitted(ruleOn(policy, report), risk)) return undefined;
  const about = { name: file.name, sizeBytes };
  // That it is another format explains what else is wrong with it, but not why it would be dangerous.
  if (verdict !== 'dangerous' && findings.some(({ rule }) => rule === 'format-name-mismatch')) {
    return new KuraError('refused', 'models.first-look-format', { params: { ...about, format } });
  }
  if (verdict !== 'dangerous' && verdict !== 'invalid') return undefined;
  const told = findings.filter(({ severity }) => severity === verdict).slice(0, FINDINGS_TOLD);
  const params = { ...about, findings: told.map(inOneLine).join('; ') };
  return new KuraError('refused', `models.first-look-${verdict}`, { params });
}

/** As in the scan report: the rule, where, and what was seen. */
function inOneLine({ rule, location, evidence }: Finding): string {
  const place = location.member === undefined ? '' : ` (${location.member})`;
  return evidence === '' ? `${rule}${place}` : `${rule}${place}: ${evidence}`;
}
