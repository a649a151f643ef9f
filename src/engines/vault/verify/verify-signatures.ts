/** Who made the snapshots. */
import { KuraError } from '#kernel/errors';

import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Findings } from './verify-findings.ts';

export interface SignatureReport {
  readonly unsigned: number;
  /** Signatures that are not what they say. */
  readonly bad: number;
  /** Public keys with a valid signature, and how many snapshots bear it. */
  readonly signers: readonly { readonly key: string; readonly snapshots: number }[];
}

/** With `trusted`, a snapshot that none of these keys signed is an error as well. */
export function checkSignatures(
  snapshots: readonly Snapshot[],
  trusted: readonly string[] | undefined,
  findings: Findings,
): SignatureReport {
  const valid = new Map<string, number>();
  const report = { unsigned: 0, bad: 0 };
  for (const { id, signature } of snapshots) {
    if (signature === undefined) report.unsigned += 1;
    else if (signature.valid) valid.set(signature.key, (valid.get(signature.key) ?? 0) + 1);
    else report.bad += 1;
    const error = errorOf(signature, trusted);
    if (error !== undefined) findings.add(`snapshots/${id}`, error, [id]);
  }
  return { ...report, signers: [...valid].map(([key, count]) => ({ key, snapshots: count })) };
}

function errorOf(signature: Snapshot['signature'], trusted: readonly string[] | undefined): KuraError | undefined {
  if (signature?.valid === false) {
    return new KuraError('mismatch', 'vault.signature-bad', { params: { key: signature.key } });
  }
  if (trusted === undefined || (signature !== undefined && trusted.includes(signature.key))) return undefined;
  return signature === undefined
    ? new KuraError('mismatch', 'vault.signature-missing')
    : new KuraError('mismatch', 'vault.signature-foreign', { params: { key: signature.key } });
}
