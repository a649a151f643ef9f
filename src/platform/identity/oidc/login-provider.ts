/** The port: a provider of one's organisation that says who somebody is (OpenID Connect, authorisation code with PKCE). */
import type { RoleRule } from './provider-role.ts';

/** What ties a login to the browser that began it; random, each for one login. */
export interface LoginSecrets {
  readonly state: string;
  readonly nonce: string;
  /** PKCE, RFC 7636. */
  readonly verifier: string;
}

export interface ProviderPerson {
  /** Never given to another person by this provider. */
  readonly subject: string;
  readonly username: string | undefined;
  /** Only where the provider says that it verified it. */
  readonly email: string | undefined;
  readonly fullName: string | undefined;
  readonly groups: readonly string[];
}

export interface LoginProvider {
  /** Stands at the accounts: whose subject it is. */
  readonly provider: string;
  /** Where the browser is to go. @throws KuraError unavailable `oidc.unreachable` */
  address(secrets: LoginSecrets, signal: AbortSignal): Promise<string>;
  /**
   * What the browser brought back, exchanged for who it is.
   * @param query the question mark and what follows it
   * @throws KuraError unauthenticated `oidc.refused` for whatever does not hold, unavailable `oidc.unreachable`
   */
  redeem(query: string, secrets: LoginSecrets, signal: AbortSignal): Promise<ProviderPerson>;
  /** Where one logs out there, too; undefined where the provider has no such page, or cannot be asked. */
  logoutAddress(signal: AbortSignal): Promise<string | undefined>;
}

export interface ProviderAccess {
  readonly source: LoginProvider;
  /** What the login page calls it. */
  readonly name: string;
  /** The first whose group the person is in decides. */
  readonly rules: readonly RoleRule[];
  /** For people in none of the groups; undefined: they may not log in. */
  readonly fallback: string | undefined;
  /** What a first login does: makes an account, or takes the one with the same verified e-mail address. */
  readonly firstLogin: 'create' | 'link' | 'link-or-create';
}
