/** The owner of the machine (P-030): a one-time link opens a session as administrator, with or without accounts. */
import { instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';

import { hasOtherAdmin } from '../accounts/account-store.ts';
import { addAccount } from '../accounts/new-account.ts';
import { accountActor, type Origin, ownerActor } from '../actors.ts';
import type { ProfileInput } from '../contract/index.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import { insertLoginLink, useLoginLink } from '../links/link-store.ts';
import { hashPassword } from '../passwords/password-hash.ts';
import { requireGoodPassword } from '../passwords/password-policy.ts';
import { newSecret, secretHash } from '../secret-hash.ts';
import { noRisk, type OpenedSession, openSession } from '../sessions/open-session.ts';
import type { Attempts } from './attempts.ts';
import { type LoggedIn, recordRefusal } from './password-login.ts';

export const linkMinutes = 30;

/** The code of a link that logs a browser in once. */
export async function createLoginLink({ database, clock, random }: IdentityDeps): Promise<string> {
  const code = newSecret(random);
  const now = clock.now();
  await database.transaction((tx) =>
    insertLoginLink(tx, {
      code_hash: secretHash(code),
      created_at: instant(new Date(now)),
      expires_at: instant(new Date(now + linkMinutes * MINUTE)),
      used_at: null,
    }),
  );
  return code;
}

export interface LinkLogin {
  readonly code: string;
  readonly origin: Origin;
  readonly previous: string | undefined;
}

/** @throws KuraError unauthenticated `identity.link-used`, limit `identity.too-many-attempts` */
export async function logInByLink(deps: IdentityDeps, attempts: Attempts, login: LinkLogin): Promise<OpenedSession> {
  const { code, origin, previous } = login;
  const keys = { address: origin.client?.address };
  const charge = await attempts.charge(keys);
  const opened = await deps.unitOfWork.write(ownerActor(origin), async (tx) => {
    if (!(await useLoginLink(tx, secretHash(code), nowInstant(deps.clock)))) return undefined;
    await attempts.forgive(tx, keys, charge);
    return openSession(deps, tx, {
      account: undefined,
      openedBy: 'link',
      stage: 'open',
      risk: noRisk,
      origin,
      previous,
    });
  });
  if (opened !== undefined) return opened;
  await recordRefusal(deps, { account: undefined, reason: 'bad-link', charge, origin });
  throw new KuraError('unauthenticated', 'identity.link-used');
}

export interface FirstAccount extends ProfileInput {
  readonly username: string;
  readonly password: string;
  readonly origin: Origin;
  readonly previous: string | undefined;
}

/** @throws KuraError conflict `identity.admin-exists`, and as `addAccount` */
export async function createFirstAccount(deps: IdentityDeps, first: FirstAccount): Promise<LoggedIn> {
  const { username, password, origin, previous, ...profile } = first;
  await refuseSecondFirst(deps.database);
  await requireGoodPassword(password, { username, email: profile.email, fullName: profile.fullName });
  const passwordHash = await hashPassword(password, deps.random);
  const account = await deps.unitOfWork.write(ownerActor(origin), async (tx) => {
    await refuseSecondFirst(tx);
    return addAccount(deps, tx, { username, role: 'admin', passwordHash, ...profile });
  });
  return deps.unitOfWork.write(accountActor(account, origin), async (tx) => {
    const session = { account, openedBy: 'password', stage: 'open', risk: noRisk, origin, previous } as const;
    return { ...(await openSession(deps, tx, session)), account };
  });
}

async function refuseSecondFirst(reader: Parameters<typeof hasOtherAdmin>[0]): Promise<void> {
  if (await hasOtherAdmin(reader, '')) throw new KuraError('conflict', 'identity.admin-exists');
}
