/** Whose token it is, other people, and what may be generated with what (civitai-api.md §2.14). */
import { z } from 'zod';

import { isCivitaiId } from '../ids.ts';
import { readId } from '../refs/read-id.ts';
import { anything, flag, type Lossless, leftOver, type Raw, type Reading, text } from './lenient.ts';

/**
 * The account a token belongs to. `extra` can carry its e-mail address, for which Kura has no use: never store or log
 * it.
 */
export interface Account extends Lossless {
  readonly userId: number;
  readonly username: string;
  readonly tier: string | null;
  readonly status: string | null;
  readonly isMember: boolean | null;
}

export interface User extends Lossless {
  readonly userId: number;
  /** Null for deleted accounts. */
  readonly username: string | null;
}

/** For each id asked about whether the account may do it; ids the site does not know are absent. */
export interface Permissions extends Lossless {
  readonly answers: readonly { readonly id: number; readonly allowed: boolean }[];
}

const accountSchema = z.object({ id: anything, username: text, tier: text, status: text, isMember: flag });
const userSchema = z.object({ id: anything, username: text });

export function readAccount(raw: Raw): Reading<Account> {
  const { id, username, tier, status, isMember } = accountSchema.parse(raw);
  if (!isCivitaiId(id)) return { reason: 'no-id' };
  const account = {
    username: username ?? '',
    tier: tier ?? null,
    status: status ?? null,
    isMember: isMember ?? null,
  };
  return { item: { userId: id, ...account, extra: leftOver(raw, { id, ...account }) } };
}

export function readUser(raw: Raw): Reading<User> {
  const { id, username } = userSchema.parse(raw);
  if (!isCivitaiId(id)) return { reason: 'no-id' };
  const user = { username: username ?? null };
  return { item: { userId: id, ...user, extra: leftOver(raw, { id, ...user }) } };
}

/** Reads `{"12": true}`. */
export function readPermissions(raw: Raw): Reading<Permissions> {
  const answers = Object.entries(raw).flatMap(([key, allowed]) => {
    const id = readId(key);
    return id !== null && typeof allowed === 'boolean' ? [{ id, allowed }] : [];
  });
  const taken = Object.fromEntries(answers.map(({ id, allowed }) => [String(id), allowed]));
  return { item: { answers, extra: leftOver(raw, taken) } };
}
