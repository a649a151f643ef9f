/** What identity needs of a company's directory (P-031); `#adapters/ldap` binds it to LDAP and Active Directory. */
import type { KuraError, MessageParams } from '#kernel/errors';

/** `locked` passes by itself and is outlived by a login that succeeds; the others do not. */
export type PersonState = 'usable' | 'disabled' | 'expired' | 'locked' | 'password-expired';

export interface DirectoryGroup {
  readonly dn: string;
  readonly name: string;
  /** Whether the person is in it only through other groups. */
  readonly nested: boolean;
}

export interface DirectoryPerson {
  /** Stays the same when the person is renamed or moved. */
  readonly id: string;
  readonly username: string;
  readonly fullName: string | null;
  readonly email: string | null;
  readonly department: string | null;
  readonly state: PersonState;
  readonly groups: readonly DirectoryGroup[];
}

export type DirectoryRefusal = 'unknown' | 'ambiguous' | 'locked' | 'wrong-password' | Exclude<PersonState, 'usable'>;

export type Proof =
  | { readonly kind: 'proven'; readonly person: DirectoryPerson }
  | { readonly kind: 'refused'; readonly reason: DirectoryRefusal };

export interface DirectoryLogin {
  readonly username: string;
  readonly password: string;
  /**
   * Asked with the person's own user name before the password is tried: whoever answers to several names is counted
   * under one. False ends the login. May be called again when another server takes over.
   */
  readonly admit: (username: string) => Promise<boolean>;
}

export interface Fact {
  /** Message key. */
  readonly code: string;
  readonly params: MessageParams;
}

export interface DirectoryStep {
  /** Message key of what was tried. */
  readonly code: string;
  readonly params: MessageParams;
  readonly facts: readonly Fact[];
  /** Undefined: it worked. */
  readonly error: KuraError | undefined;
}

export interface Explained {
  readonly steps: readonly DirectoryStep[];
  /** Undefined when a step before failed. */
  readonly person: DirectoryPerson | undefined;
}

export interface DirectoryServerState {
  readonly server: string;
  readonly error: KuraError | undefined;
  /** When its certificate ends, in milliseconds; undefined without TLS. */
  readonly certificateEndsAt: number | undefined;
}

export interface Directory {
  /** Stored with accounts, beside the id. */
  readonly provider: string;
  /**
   * Whether the password is this person's. An empty password is refused without asking anybody (RFC 4513 §5.1.2).
   * @throws KuraError unavailable when no server answers, invalid when the directory does not take the settings
   */
  authenticate(login: DirectoryLogin, signal: AbortSignal): Promise<Proof>;
  /** People by id; who is missing in the answer is gone. @throws as `authenticate` */
  lookUp(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, DirectoryPerson>>;
  /** Each step of a login with what was found; without a password the last one is left out. Never throws for what fails. */
  explain(username: string, password: string | undefined, signal: AbortSignal): Promise<Explained>;
  /** Each configured server, asked now. */
  check(signal: AbortSignal): Promise<readonly DirectoryServerState[]>;
}
