/** Logging in by a provider: counted and recorded like every other way in. */
import { isKuraError, KuraError } from '#kernel/errors';

import { isAllowedFrom } from '../accounts/account-caller.ts';
import { findAccount } from '../accounts/account-store.ts';
import type { Origin } from '../actors.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { Attempts, Charge } from '../login/attempts.ts';
import { finishLogin, type LoggedIn, recordRefusal } from '../login/password-login.ts';
import { findRole } from '../roles/role-store.ts';
import type { LoginSecrets, ProviderAccess, ProviderPerson } from './login-provider.ts';
import { admitPerson } from './provider-account.ts';
import { beginFlow, spendFlow } from './provider-flows.ts';

export interface BegunLogin {
  readonly url: string;
  readonly flow: string;
}

/** @throws KuraError conflict `identity.no-provider`, unavailable `oidc.unreachable` */
export async function beginProviderLogin(deps: IdentityDeps, signal: AbortSignal): Promise<BegunLogin> {
  const { source } = requireProvider(deps);
  const { flow, secrets } = await beginFlow(deps);
  return { url: await source.address(secrets, signal), flow };
}

export interface ProviderLogin {
  readonly flow: string;
  /** What the provider sent the browser back with: `?code=…&state=…`. */
  readonly query: string;
  readonly origin: Origin;
  readonly previous: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * @throws KuraError unauthenticated `identity.provider-login-failed`, forbidden `identity.provider-not-admitted`, limit
 * `identity.too-many-attempts`, unavailable `oidc.unreachable`
 */
export async function logInByProvider(deps: IdentityDeps, attempts: Attempts, login: ProviderLogin): Promise<LoggedIn> {
  const access = requireProvider(deps);
  const keys = { address: login.origin.client?.address };
  const charge = await attempts.charge(keys);
  const attempt = { access, login, charge };
  const secrets = await spendFlow(deps, login.flow);
  if (secrets === undefined) return refuse(deps, attempt, { reason: 'provider: unknown flow', failed: true });
  const person = await personOf(deps, attempts, attempt, secrets);
  const account = await deps.unitOfWork.write(providerActor(access, login.origin), (tx) =>
    admitPerson(deps, tx, access, person),
  );
  if (typeof account === 'string') return refuse(deps, attempt, { reason: `provider: ${account}` });
  const role = await findRole(deps.database, account.role);
  if (role === undefined || !isAllowedFrom(role.networks, keys.address)) {
    return refuse(deps, attempt, { reason: 'address-not-allowed', account });
  }
  return finishLogin(deps, {
    account,
    openedBy: 'oidc',
    login,
    failuresBefore: 0,
    async succeed(tx, awaits) {
      // Disabled meanwhile, by whomever.
      if ((await findAccount(tx, account.id))?.active !== 1) throw notAdmitted();
      await (awaits ? attempts.giveBack(tx, keys, charge) : attempts.forgive(tx, keys, charge));
    },
  });
}

interface Attempt {
  readonly access: ProviderAccess;
  readonly login: ProviderLogin;
  readonly charge: Charge;
}

async function personOf(
  deps: IdentityDeps,
  attempts: Attempts,
  attempt: Attempt,
  secrets: LoginSecrets,
): Promise<ProviderPerson> {
  const { access, login, charge } = attempt;
  try {
    return await access.source.redeem(login.query, secrets, login.signal);
  } catch (error) {
    if (isKuraError(error) && error.kind === 'unauthenticated') {
      return refuse(deps, attempt, { reason: `provider: ${error.params['reason'] ?? error.code}`, failed: true });
    }
    // Nobody could say whether it was right.
    await deps.database.transaction((tx) => attempts.giveBack(tx, { address: login.origin.client?.address }, charge));
    throw error;
  }
}

interface Refusal {
  readonly reason: string;
  readonly account?: AccountRow;
  /** What came back did not hold; otherwise it did, and the person is not let in. */
  readonly failed?: boolean;
}

async function refuse(
  deps: IdentityDeps,
  { login: { origin }, charge }: Attempt,
  { reason, account, failed }: Refusal,
): Promise<never> {
  await recordRefusal(deps, { account, reason: reason.slice(0, 200), charge, origin });
  throw failed === true ? new KuraError('unauthenticated', 'identity.provider-login-failed') : notAdmitted();
}

function notAdmitted(): KuraError {
  return new KuraError('forbidden', 'identity.provider-not-admitted');
}

function requireProvider({ provider }: IdentityDeps): ProviderAccess {
  if (provider === undefined) throw new KuraError('conflict', 'identity.no-provider');
  return provider;
}

function providerActor({ source }: ProviderAccess, { requestId }: Origin) {
  return {
    kind: 'system',
    id: `provider:${source.provider}`,
    name: source.provider,
    correlationId: requestId,
  } as const;
}
