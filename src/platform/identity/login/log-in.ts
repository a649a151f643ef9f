/**
 * Logging in by name, whoever knows the password: an account of Kura itself, else the directory. Of which kind a name is
 * shows neither in the answer nor in how long it takes.
 */
import { setTimeout } from 'node:timers/promises';

import { isKuraError, KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import { findAccountByName } from '../accounts/account-store.ts';
import type { DirectoryAccess } from '../directory/directory-access.ts';
import { logInByDirectory } from '../directory/directory-login.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { Attempts } from './attempts.ts';
import { type LoggedIn, logInByPassword, type PasswordLogin } from './password-login.ts';

export interface NamedLogin extends PasswordLogin {
  readonly signal: AbortSignal;
}

/** A directory in the same house answers well within it. */
const failureTakesMs = 0.75 * SECOND;

/** @throws KuraError as `logInByPassword`; with a directory also unavailable `identity.directory-unavailable` */
export async function logInByName(deps: IdentityDeps, attempts: Attempts, login: NamedLogin): Promise<LoggedIn> {
  const { directory } = deps;
  if (directory === undefined) return logInByPassword(deps, attempts, login);
  const begun = deps.clock.monotonic();
  const known = await findAccountByName(deps.database, login.username);
  const isOwn = known !== undefined && known.kind !== 'ldap';
  try {
    if (isOwn) return await logInByPassword(deps, attempts, login);
    return await logInByDirectory(deps, attempts, directory, { ...login, known });
  } catch (error) {
    if (!isKuraError(error)) throw error;
    const answer = error.code === 'identity.login-failed' ? await sameForAll(directory, error, login) : error;
    await setTimeout(Math.max(0, failureTakesMs - (deps.clock.monotonic() - begun)), undefined, login);
    throw answer;
  }
}

/** While the directory cannot be asked, every failed login is answered alike: of our accounts, of theirs, locked or not. */
async function sameForAll({ source }: DirectoryAccess, failure: KuraError, { signal }: NamedLogin): Promise<KuraError> {
  try {
    await source.lookUp([], signal);
    return failure;
  } catch (error) {
    signal.throwIfAborted();
    return new KuraError('unavailable', 'identity.directory-unavailable', { cause: error });
  }
}
