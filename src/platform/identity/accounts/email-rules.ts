import type { IdentityDeps } from '../identity-deps.ts';

/**
 * Whether people say themselves which e-mail address is theirs. Not where a login by the provider takes the account with
 * the same address: whoever wrote somebody else's into an account would have them come into it.
 */
export function mayChooseEmail({ provider }: Pick<IdentityDeps, 'provider'>): boolean {
  return provider === undefined || provider.firstLogin === 'create';
}
