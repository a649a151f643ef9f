/** `kura ldap test`: what the directory says of somebody, and what Kura would make of it. */
import { KuraError } from '#kernel/errors';

import { findAccountByName } from '../accounts/account-store.ts';
import { nobody, type Origin } from '../actors.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { Attempts } from '../login/attempts.ts';
import type { DirectoryPerson, DirectoryStep, Fact } from './directory.ts';
import type { DirectoryAccess } from './directory-access.ts';
import { standingOf } from './directory-account.ts';

export interface DirectoryTest {
  readonly username: string;
  /** Undefined: none is tried. */
  readonly password: string | undefined;
  readonly origin: Origin;
}

export interface DirectoryTestResult {
  readonly steps: readonly DirectoryStep[];
  readonly username: string | null;
  readonly role: string | null;
}

/** @throws KuraError conflict `identity.no-directory` */
export async function testDirectory(
  deps: IdentityDeps,
  attempts: Attempts,
  test: DirectoryTest,
  signal: AbortSignal,
): Promise<DirectoryTestResult> {
  const { directory } = deps;
  if (directory === undefined) throw new KuraError('conflict', 'identity.no-directory');
  const { username, password } = test;
  const charge = password === undefined ? undefined : await attempts.charge({ username });
  const isLocked = charge?.admitted === false;
  const { steps, person } = await directory.source.explain(username, isLocked ? undefined : password, signal);
  if (charge !== undefined && !isLocked && person !== undefined) {
    await deps.unitOfWork.write(nobody(test.origin), async (tx) => attempts.forgive(tx, { username }, charge));
  }
  const lock = isLocked ? [failed('identity.step.lock', username, 'identity.name-locked')] : [];
  if (person === undefined) return { steps: [...lock, ...steps], username: null, role: null };
  const { account, role } = await standingOf(deps.database, directory, person);
  const all = [...lock, ...steps, await accountStep(deps, username), await roleStep(deps, directory, person)];
  return { steps: all, username: account?.username ?? person.username, role: role ?? null };
}

/** Whether the name is one of Kura's own, for which the directory is never asked. */
async function accountStep({ database }: IdentityDeps, username: string): Promise<DirectoryStep> {
  const known = await findAccountByName(database, username);
  if (known !== undefined && known.kind !== 'ldap')
    return failed('identity.step.account', username, 'identity.name-local');
  return passed('identity.step.account', username, []);
}

async function roleStep(deps: IdentityDeps, access: DirectoryAccess, person: DirectoryPerson): Promise<DirectoryStep> {
  const { role, refusal, account } = await standingOf(deps.database, access, person);
  const user = person.username;
  if (person.state !== 'usable' && person.state !== 'locked') {
    return failed('identity.step.role', user, `identity.not-admitted.${person.state}`);
  }
  if (refusal !== undefined) {
    const error = new KuraError('refused', `identity.not-admitted.${refusal.reason}`, { params: refusal.params });
    return { code: 'identity.step.role', params: { user }, facts: [], error };
  }
  const code = account === undefined ? 'identity.fact.account-new' : 'identity.fact.account-linked';
  return passed('identity.step.role', user, [
    { code: 'identity.fact.role', params: { role } },
    { code, params: { user: account?.username ?? user } },
  ]);
}

function passed(code: string, user: string, facts: readonly Fact[]): DirectoryStep {
  return { code, params: { user }, facts, error: undefined };
}

function failed(code: string, user: string, problem: string): DirectoryStep {
  return { code, params: { user }, facts: [], error: new KuraError('refused', problem, { params: { user } }) };
}
