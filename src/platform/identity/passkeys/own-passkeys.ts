/** Passkeys as their owner sees, names and removes them. */
import { KuraError } from '#kernel/errors';
import type { Authorized } from '#platform/access';
import { actorOfCaller } from '#platform/unit-of-work';

import { subjectOf } from '../accounts/change-account.ts';
import type { Origin } from '../actors.ts';
import type { PasskeyView } from '../contract/index.ts';
import { hasSecondFactor } from '../factors/factor-policy.ts';
import { deleteRecoveryCodes } from '../factors/factor-store.ts';
import { ownAccount, type Reauthentication, reauthenticated } from '../factors/reauthenticate.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { Attempts } from '../login/attempts.ts';
import { tellAccount } from '../mails/tell-account.ts';
import { deletePasskey, renamePasskeyRow } from './passkey-store.ts';
import type { PasskeyRow } from './passkey-tables.ts';

export function viewPasskey(row: PasskeyRow): PasskeyView {
  return {
    id: row.id,
    name: row.name,
    backedUp: row.backed_up === 1,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}

export interface Renaming {
  readonly caller: Authorized<'account:factors'>;
  readonly origin: Origin;
  readonly id: string;
  readonly name: string;
}

/** @throws KuraError not-found `identity.passkey-not-found` */
export async function renamePasskey(deps: IdentityDeps, { caller, origin, id, name }: Renaming): Promise<void> {
  const account = await ownAccount(deps, caller);
  await deps.unitOfWork.write(actorOfCaller(caller, origin.requestId), async (tx) => {
    if (!(await renamePasskeyRow(tx, { accountId: account.id, id, name }))) throw noPasskey();
    const after = { passkey: id };
    await tx.audit({
      action: 'passkey.rename',
      category: 'authentication',
      subject: subjectOf(account),
      result: 'done',
      after,
    });
  });
}

/** @throws KuraError not-found `identity.passkey-not-found`, and as `reauthenticated` */
export async function removePasskey(
  deps: IdentityDeps,
  attempts: Attempts,
  proof: Reauthentication & { readonly code: string },
  id: string,
): Promise<void> {
  await reauthenticated(deps, attempts, proof, async (tx, account) => {
    if (!(await deletePasskey(tx, account.id, id))) throw noPasskey();
    if (!(await hasSecondFactor(tx, account.id))) await deleteRecoveryCodes(tx, account.id);
    await tx.audit({
      action: 'passkey.remove',
      category: 'authentication',
      level: 'warning',
      subject: subjectOf(account),
      result: 'done',
      after: { passkey: id },
    });
    await tellAccount(deps, tx, account, { notice: 'passkey.remove' });
  });
}

function noPasskey(): KuraError {
  return new KuraError('not-found', 'identity.passkey-not-found');
}
