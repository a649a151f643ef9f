/** Logging in by a password that the directory knows: counted, answered and recorded like any other. */
import { KuraError } from '#kernel/errors';

import type { Transaction } from '#platform/db';

import { isAllowedFrom } from '../accounts/account-caller.ts';
import { findAccount, nameKey } from '../accounts/account-store.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { Attempts, Charge } from '../login/attempts.ts';
import { finishLogin, type LoggedIn, type PasswordLogin, recordRefusal } from '../login/password-login.ts';
import { findRole } from '../roles/role-store.ts';
import type { DirectoryPerson, Proof } from './directory.ts';
import { type DirectoryAccess, directoryActor } from './directory-access.ts';
import { admitPerson } from './directory-account.ts';

export interface DirectoryLoginRequest extends PasswordLogin {
  /** The account that has the name already; undefined at the first login. */
  readonly known: AccountRow | undefined;
  readonly signal: AbortSignal;
}

/**
 * @throws KuraError unauthenticated `identity.login-failed`, limit `identity.too-many-attempts`, unavailable
 * `identity.directory-unavailable`
 */
export async function logInByDirectory(
  deps: IdentityDeps,
  attempts: Attempts,
  access: DirectoryAccess,
  login: DirectoryLoginRequest,
): Promise<LoggedIn> {
  const counter = await countFor(attempts, login);
  const proof = await ask(deps, access, login, counter);
  if (proof.kind === 'refused') return refuse(deps, login, counter, proof.reason);
  const account = await accountFor(deps, access, login, proof.person);
  if (typeof account === 'string') return refuse(deps, login, counter, account);
  const role = await findRole(deps.database, account.role);
  if (role === undefined || !isAllowedFrom(role.networks, login.origin.client?.address)) {
    return refuse(deps, { ...login, known: account }, counter, 'address-not-allowed');
  }
  return finishLogin(deps, {
    account,
    openedBy: 'ldap',
    login,
    failuresBefore: counter.charges[0].failuresBefore,
    async succeed(tx, awaits) {
      // Disabled meanwhile, by whomever.
      if ((await findAccount(tx, account.id))?.active !== 1) {
        throw new KuraError('unauthenticated', 'identity.login-failed');
      }
      await counter.succeed(tx, awaits);
    },
  });
}

interface Counter {
  readonly charges: [Charge, ...Charge[]];
  /** Counts a person once under their own name, however many names they answer to. */
  admit(username: string): Promise<boolean>;
  succeed(tx: Transaction, awaits: boolean): Promise<void>;
  /** Nobody could say whether the password was right. */
  giveBack(tx: Transaction): Promise<void>;
}

async function countFor(attempts: Attempts, { username, origin }: DirectoryLoginRequest): Promise<Counter> {
  const address = origin.client?.address;
  const first = await attempts.charge({ username, address });
  const charges: [Charge, ...Charge[]] = [first];
  const others = new Map<string, Charge>();

  async function giveBack(tx: Transaction): Promise<void> {
    await attempts.giveBack(tx, { username, address }, first);
    for (const [name, charge] of others) await attempts.giveBack(tx, { username: name }, charge);
  }

  return {
    charges,
    async admit(name) {
      if (nameKey(name) === nameKey(username)) return first.admitted;
      const charge = others.get(name) ?? (await attempts.charge({ username: name }));
      if (!others.has(name)) charges.push(charge);
      others.set(name, charge);
      return first.admitted && charge.admitted;
    },
    async succeed(tx, awaits) {
      // Half a login forgives the account nothing, as with a password of Kura's own.
      if (awaits) return giveBack(tx);
      await attempts.forgive(tx, { username, address }, first);
      for (const [name, charge] of others) await attempts.forgive(tx, { username: name }, charge);
    },
    giveBack,
  };
}

async function ask(
  deps: Pick<IdentityDeps, 'database'>,
  { source }: DirectoryAccess,
  login: DirectoryLoginRequest,
  counter: Counter,
): Promise<Proof> {
  // Locked: the directory is not asked, so that its own counter stays out of it.
  if (!counter.charges[0].admitted) return { kind: 'refused', reason: 'locked' };
  const { username, password, signal } = login;
  try {
    return await source.authenticate({ username, password, admit: (name) => counter.admit(name) }, signal);
  } catch (error) {
    signal.throwIfAborted();
    await deps.database.transaction((tx) => counter.giveBack(tx));
    throw new KuraError('unavailable', 'identity.directory-unavailable', { cause: error });
  }
}

/** The account of the person, or why there is none to come in with. */
async function accountFor(
  deps: IdentityDeps,
  access: DirectoryAccess,
  { origin }: DirectoryLoginRequest,
  person: DirectoryPerson,
): Promise<AccountRow | string> {
  const actor = directoryActor(access.source, origin.requestId);
  const outcome = await deps.unitOfWork.write(actor, async (tx) => admitPerson(deps, tx, access, person));
  return 'reason' in outcome ? outcome.reason : outcome;
}

async function refuse(
  deps: IdentityDeps,
  { origin, known }: DirectoryLoginRequest,
  { charges }: Counter,
  reason: string,
): Promise<never> {
  const charge = {
    ...charges[0],
    locksAccount: charges.some(({ locksAccount }) => locksAccount),
  };
  await recordRefusal(deps, { account: known, reason, charge, origin });
  throw new KuraError('unauthenticated', 'identity.login-failed');
}
