/** A person of the provider as an account: known, linked or made at the first login, brought up to date at each. */
import { nowInstant } from '#kernel/clock';
import type { WriteTransaction } from '#platform/unit-of-work';

import { findAccountByEmail, findAccountByName, updateAccount } from '../accounts/account-store.ts';
import { subjectOf } from '../accounts/change-account.ts';
import { blockAccount, isUsableName, makeAccount, updatePerson } from '../directory/directory-account.ts';
import { findAccountByExternalId, isBlocked } from '../directory/directory-store.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import { tellAccount } from '../mails/tell-account.ts';
import { findRole } from '../roles/role-store.ts';
import type { ProviderAccess, ProviderPerson } from './login-provider.ts';
import { providerRole } from './provider-role.ts';

type Deps = Pick<IdentityDeps, 'clock' | 'ids' | 'mail' | 'settings'>;

/** Why somebody whom the provider knows is not let in. */
export type NotAdmitted =
  | 'disabled-here'
  | 'no-role'
  | 'role-unknown'
  | 'name-taken'
  | 'name-unusable'
  | 'no-account-here';

export async function admitPerson(
  deps: Deps,
  tx: WriteTransaction,
  access: ProviderAccess,
  person: ProviderPerson,
): Promise<AccountRow | NotAdmitted> {
  const known = await findAccountByExternalId(tx, access.source.provider, person.subject);
  if (known !== undefined) return returning(deps, tx, access, { known, person });
  const linked = access.firstLogin === 'create' ? undefined : await link(deps, tx, access, person);
  if (linked !== undefined) return linked;
  return access.firstLogin === 'link' ? 'no-account-here' : make(deps, tx, access, person);
}

interface Known {
  readonly known: AccountRow;
  readonly person: ProviderPerson;
}

async function returning(deps: Deps, tx: WriteTransaction, access: ProviderAccess, { known, person }: Known) {
  // What a login of before closed, this one may open again; what an administrator closed stays closed.
  if (known.active !== 1 && !(await isBlocked(tx, known.id))) return 'disabled-here';
  // A linked account of Kura's own: its role is Kura's business.
  if (known.kind === 'local') return known;
  const role = await roleFor(tx, access, person);
  if (role.refused !== undefined) {
    await blockAccount(deps, tx, known, role.refused);
    return role.refused;
  }
  return updatePerson(deps, tx, known, { person: factsOf(person, known.username), role: role.name });
}

/** Only an address that the provider verified, and only an account of Kura's own that nobody else is linked to. */
async function link(
  deps: Deps,
  tx: WriteTransaction,
  { source }: ProviderAccess,
  person: ProviderPerson,
): Promise<AccountRow | undefined> {
  const holder = person.email === undefined ? undefined : await findAccountByEmail(tx, person.email);
  if (holder?.kind !== 'local' || holder.provider !== null || holder.active !== 1) return undefined;
  const change = { provider: source.provider, external_id: person.subject, updated_at: nowInstant(deps.clock) };
  await updateAccount(tx, holder.id, change);
  await tx.audit({
    action: 'account.link-provider',
    category: 'authentication',
    level: 'warning',
    subject: subjectOf(holder),
    result: 'done',
    after: { provider: source.provider },
  });
  await tellAccount(deps, tx, holder, { notice: 'linked', params: { provider: source.provider } });
  return { ...holder, ...change };
}

async function make(deps: Deps, tx: WriteTransaction, access: ProviderAccess, person: ProviderPerson) {
  const role = await roleFor(tx, access, person);
  if (role.refused !== undefined) return role.refused;
  const username = person.username?.normalize('NFKC') ?? '';
  if (!isUsableName(username)) return 'name-unusable';
  if ((await findAccountByName(tx, username)) !== undefined) return 'name-taken';
  const { provider } = access.source;
  return makeAccount(deps, tx, { kind: 'oidc', provider }, { person: factsOf(person, username), role: role.name });
}

type RoleFor =
  | { readonly name: string; readonly refused?: undefined }
  | { readonly refused: 'no-role' | 'role-unknown' };

async function roleFor(tx: WriteTransaction, access: ProviderAccess, { groups }: ProviderPerson): Promise<RoleFor> {
  const name = providerRole(groups, access);
  if (name === undefined) return { refused: 'no-role' };
  return (await findRole(tx, name)) === undefined ? { refused: 'role-unknown' } : { name };
}

function factsOf({ subject, username, email, fullName }: ProviderPerson, fallbackName: string) {
  return {
    id: subject,
    username: username ?? fallbackName,
    email: email ?? null,
    fullName: fullName ?? null,
    department: null,
  };
}
