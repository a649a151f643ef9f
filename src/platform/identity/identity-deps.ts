/** What identity needs of the house around it. */
import type { Clock, Random } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { MailOutbox } from '#platform/notify';
import type { UnitOfWork } from '#platform/unit-of-work';
import type { Risk } from './contract/index.ts';
import type { DirectoryAccess } from './directory/directory-access.ts';
import type { AccountRow } from './identity-tables.ts';
import type { ProviderAccess } from './oidc/login-provider.ts';

export interface IdentitySettings {
  /** A session nobody used for so long is over. */
  readonly idleMinutes: number;
  /** Risk score from which a second factor is asked for. */
  readonly riskThreshold: number;
  /** Roles whose people may do nothing without a second factor but set one up. */
  readonly secondFactorRoles: readonly string[];
  /** How many of the last passwords, the present one included, are not taken again; 0: any. */
  readonly passwordHistory: number;
  /** Days after which a password must be changed; 0: never. */
  readonly passwordDays: number;
  /** Address under which browsers reach the server; passkeys belong to it, links in mails lead there. */
  readonly publicUrl?: string | undefined;
}

/** Keeps what must be readable again, each for one place only. */
export interface Sealer {
  seal(context: string, secret: string): string;
  open(context: string, sealed: string): Promise<string>;
}

export interface LoginToJudge {
  readonly account: AccountRow;
  readonly risk: Risk;
  /** Whether the risk score reaches the threshold. */
  readonly risky: boolean;
}

export interface IdentityDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly settings: () => IdentitySettings;
  /** With what API keys are hashed; the same on all nodes of one database. */
  readonly keySecret: () => Promise<string>;
  /** Knows the passwords of people who have none here; undefined: none is configured. */
  readonly directory?: DirectoryAccess | undefined;
  /** Says who somebody is, in place of a password; undefined: none is configured. */
  readonly provider?: ProviderAccess | undefined;
  /** Undefined: no mail server is configured. */
  readonly mail?: MailOutbox | undefined;
  /** For the secrets of second factors. */
  readonly sealer: Sealer;
  /** Whether a login waits for a second factor; unless said otherwise, that of an account that has one. */
  readonly awaitsSecondFactor?: (login: LoginToJudge) => Promise<boolean>;
}
