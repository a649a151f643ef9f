/**
 * Another master key: written down first, then every key wrapped anew, then put in place. Whatever is interrupted in
 * between is finished at the next start, for until then both keys are there.
 */
import type { Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { AeadKey } from './aead.ts';
import { writePendingMaster } from './master-file.ts';
import { newMasterKey } from './master-key.ts';
import type { Secrets } from './secrets.ts';
import type { StoredSecrets } from './stored-secrets.ts';

export interface MasterKeyHolder {
  readonly secrets: Secrets;
  readonly storedSecrets: StoredSecrets;
}

export interface MasterKeyChange {
  readonly masterId: string;
  /** Data keys wrapped anew. */
  readonly keys: number;
  /** Stored secrets whose key was wrapped anew. */
  readonly storedSecrets: number;
}

/** @throws KuraError conflict `secrets.master-key-configured`: then the configuration says which key is in force. */
export async function renewMasterKey(holder: MasterKeyHolder, actor: Actor, random: Random): Promise<MasterKeyChange> {
  if (!holder.storedSecrets.ownsMaster) throw new KuraError('conflict', 'secrets.master-key-configured');
  await holder.storedSecrets.writePendingMaster(newMasterKey(random));
  const done = await finishMasterKeyChange(holder, actor);
  if (done === undefined) throw new KuraError('internal', 'secrets.cannot-open');
  return done;
}

/**
 * Puts a master key from a recovery kit where the next start finds it: that start wraps with it whatever it or the present
 * key opens. Nothing may be open yet, for stored secrets that only this key opens keep the configuration from loading.
 */
export function prepareRecovery(folder: string, masterKey: string): Promise<void> {
  return writePendingMaster(folder, masterKey);
}

/** What a change left to do: after an interruption, or where a configured key has taken over. Undefined when nothing. */
export async function finishMasterKeyChange(
  { secrets, storedSecrets }: MasterKeyHolder,
  actor: Actor,
): Promise<MasterKeyChange | undefined> {
  const change = await changeOf({ secrets, storedSecrets });
  if (change === undefined) return undefined;
  const keys = await secrets.rewrap(actor, change);
  const files = await storedSecrets.rewrap(change);
  await storedSecrets.settlePendingMaster();
  return { masterId: change.to.id, keys, storedSecrets: files };
}

async function changeOf({ secrets, storedSecrets }: MasterKeyHolder) {
  const inForce = storedSecrets.master();
  const pending = storedSecrets.pendingMaster();
  if (storedSecrets.ownsMaster) return pending === undefined ? undefined : { from: [inForce, pending], to: pending };
  const former: readonly AeadKey[] = [storedSecrets.formerMaster() ?? [], pending ?? []].flat();
  const waiting = pending !== undefined || (await secrets.state()).keys.some(({ usable }) => !usable);
  return former.length > 0 && waiting ? { from: former, to: inForce } : undefined;
}
