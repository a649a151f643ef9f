/** Whether all snapshots and holds are there that should be. */
import { KuraError } from '#kernel/errors';

import type { BlobId } from '../format/blob.ts';
import { keyOfHold } from '../holds/hold-records.ts';
import { holdMissing } from '../holds/holds.ts';
import { missingHolds } from '../register/missing-holds.ts';
import { newestRegister, readRegister, type SnapshotRegister } from '../register/snapshot-register.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import type { SnapshotList } from '../snapshot/snapshot.ts';
import type { Findings } from './verify-findings.ts';

/**
 * @param register read before snapshots and holds were listed: they are there before they are registered.
 * @returns ids of snapshots that are not registered though they should be: their run was interrupted at its very end.
 */
export async function checkRegister(
  context: VaultContext,
  register: SnapshotRegister,
  { snapshots, damaged }: SnapshotList,
  { findings, signal }: { readonly findings: Findings; readonly signal: AbortSignal },
): Promise<readonly BlobId[]> {
  for (const error of register.damaged) findings.add(String(error.params['object']), error);
  const isLost = register.number < newestRegister(snapshots) || !register.whole;
  if (isLost && register.damaged.length === 0) {
    findings.add('register', new KuraError('not-found', 'vault.register-missing'));
  }
  const present = new Set([
    ...snapshots.map(({ id }) => `snapshots/${id}`),
    ...damaged.map(({ params }) => params['object']),
  ]);
  const missing = [...register.snapshots].filter((id) => !present.has(`snapshots/${id}`));
  // Forgetting takes a snapshot out of the register first: what is gone from both meanwhile was forgotten.
  const stillWanted = missing.length === 0 ? new Set() : (await readRegister(context, signal)).snapshots;
  for (const id of missing.filter((each) => stillWanted.has(each))) {
    const object = `snapshots/${id}`;
    findings.add(object, new KuraError('not-found', 'vault.snapshot-missing', { params: { object } }), [id]);
  }
  for (const hold of await missingHolds(context, signal, register)) {
    findings.add(keyOfHold(hold.id), holdMissing(hold), [hold.snapshot]);
  }
  return snapshots.filter((one) => one.register !== undefined && !register.snapshots.has(one.id)).map(({ id }) => id);
}
