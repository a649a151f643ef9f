/** Making, replacing and ending API keys, and who one speaks for. */
import { type Instant, instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY, HOUR, MINUTE } from '#kernel/units';
import { type Authorized, type Caller, withinScopes } from '#platform/access';
import { type KeyScope, keyScopes } from '#platform/contract';
import type { Client } from '#platform/http';
import type { WriteTransaction } from '#platform/unit-of-work';

import { accountCaller, isAllowedFrom } from '../accounts/account-caller.ts';
import { resolveToChange } from '../accounts/account-rules.ts';
import type { KeyView } from '../contract/index.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow, ApiKeyRow } from '../identity-tables.ts';
import { tellAccount } from '../mails/tell-account.ts';
import { keyedHash, newApiKey, shownPrefix } from './api-key.ts';
import { findKeyByHash, findKeyOf, insertKey, listKeysOf, updateKey } from './key-store.ts';
import { noteUse } from './note-use.ts';

const mostKeys = 100;

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly networks: readonly string[];
  /** Jobs it may report on, with the scope `ingest` alone; empty for all. */
  readonly boundTo?: readonly string[];
  /** Null never expires. */
  readonly days: number | null;
}

export interface MadeKey {
  readonly key: KeyView;
  /** The key itself, this once. */
  readonly secret: string;
}

export interface KeyOwner {
  readonly caller: Authorized<'account:self'>;
  readonly user: string;
}

/** @throws KuraError conflict `identity.too-many-keys`, invalid `identity.key-bound-too-wide`, and as `resolveToChange` */
export async function createKey(
  deps: IdentityDeps,
  tx: WriteTransaction,
  { caller, user }: KeyOwner,
  wanted: NewKey,
): Promise<MadeKey> {
  return makeKey(deps, tx, await resolveToChange(tx, caller, user), wanted);
}

/** For an account that agreed to it. @throws KuraError conflict `identity.too-many-keys` */
export async function makeKey(
  deps: IdentityDeps,
  tx: WriteTransaction,
  account: AccountRow,
  wanted: NewKey,
): Promise<MadeKey> {
  if ((await listKeysOf(tx, account.id)).filter(isLive).length >= mostKeys) {
    throw new KuraError('conflict', 'identity.too-many-keys', { params: { limit: mostKeys } });
  }
  const { name, scopes, networks, days, boundTo = [] } = wanted;
  if (boundTo.length > 0 && scopes.some((scope) => scope !== 'ingest')) {
    throw new KuraError('invalid', 'identity.key-bound-too-wide');
  }
  const expiresAt = days === null ? null : instant(new Date(deps.clock.now() + days * DAY));
  const made = await insertNewKey(deps, tx, account, { name, scopes, networks, boundTo, expiresAt });
  await auditKey(tx, 'key.create', made.key, { owner: account.username, scopes, networks, boundTo, expiresAt });
  await tellAccount(deps, tx, account, { notice: 'key', params: { name } });
  return made;
}

/** The old key goes on for `overlapHours`, so that programs can be changed over one after the other. */
export async function rotateKey(
  deps: IdentityDeps,
  tx: WriteTransaction,
  { caller, user }: KeyOwner,
  { id, overlapHours }: { readonly id: string; readonly overlapHours: number },
): Promise<MadeKey> {
  const account = await resolveToChange(tx, caller, user);
  const old = await requireKey(tx, account, id);
  const now = deps.clock.now();
  if (!isLive(old) || isExpired(old, now) || old.replaced_by !== null) throw noKey(id);
  const lifeMs = old.expires_at === null ? null : Date.parse(old.expires_at) - Date.parse(old.created_at);
  const made = await insertNewKey(deps, tx, account, {
    name: old.name,
    scopes: scopesOf(old),
    networks: networksOf(old),
    boundTo: stringsOf(old.bound_to),
    expiresAt: lifeMs === null ? null : instant(new Date(now + lifeMs)),
  });
  const overlapEnd = now + overlapHours * HOUR;
  const expires = old.expires_at === null ? overlapEnd : Math.min(overlapEnd, Date.parse(old.expires_at));
  await updateKey(tx, old.id, { expires_at: instant(new Date(expires)), replaced_by: made.key.id });
  await auditKey(tx, 'key.rotate', viewKey(old), { owner: account.username, replacedBy: made.key.id, overlapHours });
  return made;
}

export async function revokeKey(
  { clock }: Pick<IdentityDeps, 'clock'>,
  tx: WriteTransaction,
  { caller, user }: KeyOwner,
  id: string,
): Promise<void> {
  const account = await resolveToChange(tx, caller, user);
  const key = await requireKey(tx, account, id);
  if (!isLive(key)) return;
  await updateKey(tx, key.id, { revoked_at: nowInstant(clock) });
  await auditKey(tx, 'key.revoke', viewKey(key), { owner: account.username });
}

/** A key ends itself: whoever holds it may always give it up. @throws KuraError unauthenticated `identity.key-missing` */
export async function endOwnKey(
  { clock }: Pick<IdentityDeps, 'clock'>,
  tx: WriteTransaction,
  caller: Caller,
): Promise<void> {
  const key = await findKeyOf(tx, caller.id, caller.keyId ?? '');
  if (key === undefined) throw new KuraError('unauthenticated', 'identity.key-missing');
  await updateKey(tx, key.id, { revoked_at: nowInstant(clock) });
  await auditKey(tx, 'key.revoke', viewKey(key), { owner: caller.name });
}

/** Undefined for a key nobody has. @throws KuraError unauthenticated `identity.key-over`; forbidden `identity.address-not-allowed` */
export async function keyCaller(
  secret: string,
  client: Client | undefined,
  deps: IdentityDeps,
): Promise<Caller | undefined> {
  const { database, clock } = deps;
  const key = await findKeyByHash(database, keyedHash(secret, await deps.keySecret()));
  if (key === undefined) return undefined;
  const now = clock.now();
  const over = !isLive(key) || isExpired(key, now);
  const owner = over
    ? undefined
    : await accountCaller(deps, key.account_id, { address: client?.address, byPassword: false });
  if (owner === undefined) throw new KuraError('unauthenticated', 'identity.key-over');
  if (!isAllowedFrom(networksOf(key), client?.address)) {
    throw new KuraError('forbidden', 'identity.address-not-allowed');
  }
  if (key.last_used_at === null || now - Date.parse(key.last_used_at) > MINUTE) {
    noteUse(database, key.id, instant(new Date(now)));
  }
  const boundTo = stringsOf(key.bound_to);
  return { ...owner, permissions: withinScopes(owner.permissions, scopesOf(key)), keyId: key.id, boundTo };
}

export function viewKey(row: ApiKeyRow): KeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: scopesOf(row),
    networks: networksOf(row),
    boundTo: stringsOf(row.bound_to),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
    replacedBy: row.replaced_by,
  };
}

async function insertNewKey(
  deps: IdentityDeps,
  tx: WriteTransaction,
  account: AccountRow,
  key: Omit<NewKey, 'days'> & { readonly expiresAt: Instant | null },
): Promise<MadeKey> {
  const secret = newApiKey(deps.random);
  const row: ApiKeyRow = {
    id: deps.ids.next(),
    account_id: account.id,
    name: key.name,
    prefix: shownPrefix(secret),
    key_hash: keyedHash(secret, await deps.keySecret()),
    scopes: JSON.stringify(key.scopes),
    networks: JSON.stringify(key.networks),
    bound_to: JSON.stringify(key.boundTo ?? []),
    created_at: nowInstant(deps.clock),
    expires_at: key.expiresAt,
    last_used_at: null,
    revoked_at: null,
    replaced_by: null,
  };
  await insertKey(tx, row);
  return { key: viewKey(row), secret };
}

async function auditKey(
  tx: WriteTransaction,
  action: string,
  { id, name }: KeyView,
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  const subject = { kind: 'api-key', id, name };
  await tx.audit({ action, category: 'authentication', subject, result: 'done', after });
}

async function requireKey(tx: WriteTransaction, account: AccountRow, id: string): Promise<ApiKeyRow> {
  const key = await findKeyOf(tx, account.id, id);
  if (key === undefined) throw noKey(id);
  return key;
}

function noKey(id: string): KuraError {
  return new KuraError('not-found', 'identity.key-not-found', { params: { id } });
}

function isLive(key: ApiKeyRow): boolean {
  return key.revoked_at === null;
}

function isExpired({ expires_at }: ApiKeyRow, now: number): boolean {
  return expires_at !== null && Date.parse(expires_at) <= now;
}

/** A scope that a later version dropped allows nothing. */
function scopesOf(row: ApiKeyRow): readonly KeyScope[] {
  const names = stringsOf(row.scopes);
  return keyScopes.filter((scope) => names.includes(scope));
}

function networksOf(row: ApiKeyRow): readonly string[] {
  return stringsOf(row.networks);
}

function stringsOf(json: string): readonly string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
