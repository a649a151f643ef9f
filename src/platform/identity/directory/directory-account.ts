/** A person of the directory as an account: made at the first login, brought up to date at each look. */
import { instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import type { WriteTransaction } from '#platform/unit-of-work';

import {
  blankAccount,
  findAccountByEmail,
  findAccountByName,
  insertAccount,
  nameKey,
  updateAccount,
} from '../accounts/account-store.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';
import { findRole } from '../roles/role-store.ts';
import { deleteSessionsOf } from '../sessions/session-store.ts';
import type { DirectoryPerson } from './directory.ts';
import type { DirectoryAccess, NotAdmitted } from './directory-access.ts';
import { deleteBlock, findAccountByExternalId, insertBlock, isBlocked } from './directory-store.ts';
import { mappedRole } from './role-map.ts';

type Deps = Pick<IdentityDeps, 'clock' | 'ids'>;

/** As accounts may be named; shorter ones exist elsewhere, and their owners should come in, too. */
const usableName = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]{0,49}$/u;
const longestText = 100;

export function isUsableName(name: string): boolean {
  return usableName.test(name);
}

export interface Standing {
  /** The account that is linked to the person; undefined before the first login. */
  readonly account: AccountRow | undefined;
  readonly role: string | undefined;
  readonly refusal: NotAdmitted | undefined;
}

/** What a person who can show the right password would be here. Accounts of Kura itself keep their names. */
export async function standingOf(reader: Reader, access: DirectoryAccess, person: DirectoryPerson): Promise<Standing> {
  const account = await findAccountByExternalId(reader, access.source.provider, person.id);
  const role = mappedRole(person.groups, access.roles);
  return { account, role, refusal: await refusalOf(reader, person, account, role) };
}

async function refusalOf(
  reader: Reader,
  person: DirectoryPerson,
  account: AccountRow | undefined,
  role: string | undefined,
): Promise<NotAdmitted | undefined> {
  const user = person.username.normalize('NFKC');
  if (role === undefined) return { reason: 'no-role', params: { user } };
  if ((await findRole(reader, role)) === undefined) return { reason: 'role-unknown', params: { user, role } };
  if (account === undefined) {
    if (!usableName.test(user)) return { reason: 'name-unusable', params: { user } };
    const holder = await findAccountByName(reader, user);
    return holder === undefined ? undefined : { reason: 'name-taken', params: { user } };
  }
  if (account.active !== 1 && !(await isBlocked(reader, account.id)))
    return { reason: 'disabled-here', params: { user } };
  return undefined;
}

/** The account of a person who may come in, made or brought up to date. */
export async function admitPerson(
  deps: Deps,
  tx: WriteTransaction,
  access: DirectoryAccess,
  person: DirectoryPerson,
): Promise<AccountRow | NotAdmitted> {
  const { account, role, refusal } = await standingOf(tx, access, person);
  if (refusal !== undefined || role === undefined) return refusal ?? { reason: 'no-role', params: {} };
  return account === undefined
    ? makeAccount(deps, tx, { kind: 'ldap', provider: access.source.provider }, { person, role })
    : updatePerson(deps, tx, account, { person, role });
}

/** What is taken over of a person. */
export type PersonFacts = Pick<DirectoryPerson, 'id' | 'username' | 'email' | 'fullName' | 'department'>;

interface PersonInRole {
  readonly person: PersonFacts;
  readonly role: string;
}

/** Where a person is known, and as what kind of account they are so here. */
export interface Provenance {
  readonly kind: 'ldap' | 'oidc';
  readonly provider: string;
}

export async function makeAccount(
  { clock, ids }: Deps,
  tx: WriteTransaction,
  { kind, provider }: Provenance,
  { person, role }: PersonInRole,
): Promise<AccountRow> {
  const at = instant(new Date(clock.now()));
  const username = person.username.normalize('NFKC');
  const row: AccountRow = {
    ...blankAccount(ids.next(), username, at),
    ...(await profileOf(tx, person, '')),
    role,
    kind,
    provider,
    external_id: person.id,
  };
  await insertAccount(tx, row);
  await tx.audit({
    action: 'account.create',
    category: 'authorization',
    subject: subjectOf(row),
    result: 'done',
    after: { role, kind, provider },
  });
  return row;
}

/** Name, profile and role follow where the person is known; a block it set ends. Writes nothing when nothing differs. */
export async function updatePerson(
  { clock }: Pick<Deps, 'clock'>,
  tx: WriteTransaction,
  account: AccountRow,
  { person, role }: PersonInRole,
): Promise<AccountRow> {
  const wanted: Partial<AccountRow> = {
    ...(await profileOf(tx, person, account.id)),
    ...(await renamed(tx, account, person)),
    role,
    active: 1,
  };
  const differs = Object.entries(wanted).some(([column, value]) => account[column as keyof AccountRow] !== value);
  if (!differs) return account;
  const change = { ...wanted, updated_at: nowInstant(clock) };
  await updateAccount(tx, account.id, change);
  const common = { category: 'authorization', level: 'warning', subject: subjectOf(account), result: 'done' } as const;
  if (account.role !== role) {
    await tx.audit({ ...common, action: 'account.set-role', before: { role: account.role }, after: { role } });
  }
  if (account.active !== 1) {
    await deleteBlock(tx, account.id);
    await tx.audit({ ...common, action: 'account.enable', before: { active: false }, after: { active: true } });
  }
  return { ...account, ...change };
}

/** The directory no longer lets the person in: sessions end, keys sleep. Nothing happens to an account that is closed already. */
export async function blockAccount(
  { clock }: Pick<Deps, 'clock'>,
  tx: WriteTransaction,
  account: AccountRow,
  reason: string,
): Promise<void> {
  const ended = await deleteSessionsOf(tx, account.id);
  if (account.active !== 1) return;
  const since = nowInstant(clock);
  await updateAccount(tx, account.id, { active: 0, updated_at: since });
  await insertBlock(tx, { account_id: account.id, reason, since });
  await tx.audit({
    action: 'account.disable',
    category: 'authorization',
    level: 'warning',
    subject: subjectOf(account),
    result: 'done',
    before: { active: true },
    after: { active: false, reason, sessionsEnded: ended },
  });
}

/** An e-mail address that somebody else has here stays theirs. */
async function profileOf(reader: Reader, person: PersonFacts, ownId: string): Promise<Partial<AccountRow>> {
  const email = person.email !== null && person.email.length <= longestText ? person.email : null;
  const holder = email === null ? undefined : await findAccountByEmail(reader, email);
  const isFree = holder === undefined || holder.id === ownId;
  return {
    email: isFree ? email : null,
    email_key: email === null || !isFree ? null : nameKey(email),
    full_name: person.fullName?.slice(0, longestText) ?? null,
    department: person.department?.slice(0, longestText) ?? null,
  };
}

/** Whoever was renamed there is renamed here, unless the name is taken or cannot be one. */
async function renamed(reader: Reader, account: AccountRow, person: PersonFacts): Promise<Partial<AccountRow>> {
  const username = person.username.normalize('NFKC');
  if (username === account.username || !usableName.test(username)) return {};
  const holder = await findAccountByName(reader, username);
  if (holder !== undefined && holder.id !== account.id) return {};
  return { username, username_key: nameKey(username) };
}

function subjectOf({ id, username }: AccountRow) {
  return { kind: 'account', id, name: username };
}
