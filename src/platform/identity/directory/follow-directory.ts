/** Looks at everybody of the directory who is logged in or has a key, and lets the directory's word count (P-031). */
import { nowInstant } from '#kernel/clock';

import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { DirectoryPerson } from './directory.ts';
import { type DirectoryAccess, directoryActor } from './directory-access.ts';
import { blockAccount, standingOf, updatePerson } from './directory-account.ts';
import { listAccountsAtWork } from './directory-store.ts';

export interface Followed {
  readonly checked: number;
  readonly changed: number;
  readonly closed: number;
}

/**
 * When no server answers nothing changes: an outage of the directory must not throw everybody out.
 * @throws as `Directory.lookUp`
 */
export async function followDirectory(
  deps: IdentityDeps,
  access: DirectoryAccess,
  signal: AbortSignal,
): Promise<Followed> {
  const { source } = access;
  const accounts = await listAccountsAtWork(deps.database, source.provider, nowInstant(deps.clock));
  if (accounts.length === 0) return { checked: 0, changed: 0, closed: 0 };
  const ids = accounts.map(({ external_id }) => external_id ?? '');
  const people = await source.lookUp(ids, signal);
  let [changed, closed] = [0, 0];
  for (const account of accounts) {
    signal.throwIfAborted();
    const outcome = await followOne(deps, access, account, people.get(account.external_id ?? ''));
    if (outcome === 'changed') changed += 1;
    if (outcome === 'closed') closed += 1;
  }
  return { checked: accounts.length, changed, closed };
}

async function followOne(
  deps: IdentityDeps,
  access: DirectoryAccess,
  account: AccountRow,
  person: DirectoryPerson | undefined,
): Promise<'same' | 'changed' | 'closed'> {
  return deps.unitOfWork.write(directoryActor(access.source), async (tx) => {
    const standing = person === undefined ? undefined : await standingOf(tx, access, person);
    const reason = closedBy(person) ?? standing?.refusal?.reason;
    // Closed by an administrator of Kura: theirs to open.
    if (reason === 'disabled-here') return 'same';
    const { role } = standing ?? {};
    if (person === undefined || role === undefined || reason !== undefined) {
      await blockAccount(deps, tx, account, reason ?? 'no-role');
      return account.active === 1 ? 'closed' : 'same';
    }
    const current = standing?.account ?? account;
    return (await updatePerson(deps, tx, current, { person, role })) === current ? 'same' : 'changed';
  });
}

/** Why the directory itself does not let somebody in. */
function closedBy(person: DirectoryPerson | undefined): string | undefined {
  if (person === undefined) return 'gone';
  return person.state === 'usable' ? undefined : person.state;
}
