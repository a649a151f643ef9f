/** What a verdict of today belongs to. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';

import { defaultScanLimits, ruleSetVersion } from '#engines/modelscan';

import type { VerdictKey } from '../../store/scan-store.ts';

const limitsDigest = createHash('sha256').update(JSON.stringify(defaultScanLimits)).digest('hex').slice(0, 16);

/** @param name path or name under which a loader would see the bytes */
export function verdictKeyOf(name: string, sha256: string): VerdictKey {
  const key = basename(name).normalize('NFC').toLowerCase();
  return { sha256: sha256.toLowerCase(), name: key, ruleSet: ruleSetVersion, limits: limitsDigest };
}
