/** Tables of identity. Secrets stand here as hashes only: a copied database opens nothing. */
import type { Instant } from '#kernel/brands';

export type AccountKind = 'local' | 'ldap' | 'oidc';

export interface AccountRow {
  readonly id: string;
  /** As people write it. */
  readonly username: string;
  /** As it is compared: NFKC in lower case; unique. */
  readonly username_key: string;
  readonly email: string | null;
  readonly email_key: string | null;
  readonly full_name: string | null;
  readonly department: string | null;
  readonly language: string | null;
  /** Name of a role, built in or of one's own. */
  readonly role: string;
  readonly kind: AccountKind;
  /** Which directory or login provider knows the account, and as whom. */
  readonly provider: string | null;
  readonly external_id: string | null;
  readonly active: number;
  /** PHC string with its parameters; null until a password was chosen, and for accounts of directories. */
  readonly password_hash: string | null;
  readonly password_changed_at: Instant | null;
  readonly created_at: Instant;
  readonly updated_at: Instant;
  readonly last_login_at: Instant | null;
  /** Since when nothing here tells who it was. */
  readonly anonymised_at: Instant | null;
}

export type SessionStage = 'pending-second-factor' | 'open';

export interface SessionRow {
  readonly id_hash: string;
  /** Names the session in lists; opens nothing. */
  readonly id: string;
  /** Null for a login by one-time link or admin token: the machine's owner. */
  readonly account_id: string | null;
  readonly stage: SessionStage;
  /** How it was opened: `password`, `link`, `invitation`, `ldap`, `oidc`, `passkey`. */
  readonly opened_by: string;
  readonly address: string | null;
  readonly user_agent: string | null;
  readonly risk_score: number;
  readonly risk_reasons: string;
  readonly created_at: Instant;
  readonly last_seen_at: Instant;
  readonly expires_at: Instant;
}

/** What is remembered of successful logins, to tell unusual ones. */
export interface LoginRow {
  readonly id: string;
  readonly account_id: string;
  readonly at: Instant;
  readonly network: string | null;
  readonly device: string | null;
}

/** Failures per account name or address; both nodes of a pair see them. Times in milliseconds. */
export interface AttemptRow {
  readonly key: string;
  readonly failures: number;
  readonly level: number;
  readonly last_at: number;
  readonly locked_until: number;
}

export interface RoleRow {
  readonly name: string;
  readonly title: string | null;
  /** Null for a built-in role, whose permissions stand in the program. */
  readonly permissions: string | null;
  readonly networks: string;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

export interface ApiKeyRow {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly prefix: string;
  readonly key_hash: string;
  readonly scopes: string;
  readonly networks: string;
  /** JSON array: what the key may speak of, as whoever checks it names it; empty for everything. */
  readonly bound_to: string;
  readonly created_at: Instant;
  readonly expires_at: Instant | null;
  readonly last_used_at: Instant | null;
  readonly revoked_at: Instant | null;
  /** Id of the key that takes over. */
  readonly replaced_by: string | null;
}

export type AccountLinkPurpose = 'invitation' | 'password-reset';

export interface AccountLinkRow {
  readonly id: string;
  readonly code_hash: string;
  readonly purpose: AccountLinkPurpose;
  /** Whose password it sets; null for an invitation. */
  readonly account_id: string | null;
  readonly email: string | null;
  readonly role: string | null;
  readonly created_by: string;
  readonly created_at: Instant;
  readonly expires_at: Instant;
  readonly used_at: Instant | null;
  readonly revoked_at: Instant | null;
}

/** A one-time link that logs in as the machine's owner. */
export interface LoginLinkRow {
  readonly code_hash: string;
  readonly created_at: Instant;
  readonly expires_at: Instant;
  readonly used_at: Instant | null;
}

export interface IdentityTables {
  accounts: AccountRow;
  sessions: SessionRow;
  logins: LoginRow;
  login_attempts: AttemptRow;
  roles: RoleRow;
  api_keys: ApiKeyRow;
  account_links: AccountLinkRow;
  login_links: LoginLinkRow;
}
