/** How the library stands before the rules of today. */
import { ruleSetVersion, rules } from '#engines/modelscan';

import type { ScanStatusView } from '../../contract/index.ts';
import { scanFigures } from '../../store/file-scan-store.ts';
import { findLastScan, type LibraryScan } from '../../store/library-scan-store.ts';
import { listQuarantineItems } from '../../store/scan-store.ts';
import type { LibraryScanDeps } from './library-scan-deps.ts';
import { openScanOf } from './library-scans.ts';
import { policyOf } from './rule-by-policy.ts';

/** What other scanners find is named by them. */
const foreignRules = /^(?:clamav|external)\./;

export interface ScanStatus extends Omit<ScanStatusView, 'open' | 'last'> {
  readonly open: LibraryScan | undefined;
  readonly last: LibraryScan | undefined;
}

export async function readScanStatus(deps: LibraryScanDeps): Promise<ScanStatus> {
  const policy = policyOf(deps);
  const known = new Set<string>(Object.keys(rules));
  return {
    ruleSet: ruleSetVersion,
    policy: {
      verdicts: policy.verdicts,
      rules: Object.fromEntries(policy.rules),
      formats: Object.fromEntries(policy.formats),
      unknownRules: [...policy.rules.keys()].filter((rule) => !known.has(rule) && !foreignRules.test(rule)),
    },
    library: await scanFigures(deps.database, ruleSetVersion),
    quarantined: (await listQuarantineItems(deps.database)).length,
    everyDays: deps.scanDays?.() ?? 0,
    open: await openScanOf(deps),
    last: await findLastScan(deps.database),
  };
}
