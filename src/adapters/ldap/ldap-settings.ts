/** What the adapter is told about a directory. */
export interface LdapSettings {
  /** `ldaps://host[:port]`, or `ldap://host[:port]` for StartTLS; the first that answers is used. */
  readonly servers: readonly string[];
  /** PEM of the authorities that are believed; undefined: those the system trusts. */
  readonly ca: string | undefined;
  /** Lets `ldap://` to this very machine go without TLS. */
  readonly plainLoopback: boolean;
  /** The account that searches and looks people up again. */
  readonly bindDn: string;
  readonly bindPassword: string;
  readonly baseDn: string;
  /** Where groups are; undefined: below `baseDn`. */
  readonly groupBaseDn?: string | undefined;
  /** `{user}` is what was typed, `{upn}` the same with the suffix; both are escaped (RFC 4515). */
  readonly userFilter: string;
  /** As whom a person's password is tried: by distinguished name, or by userPrincipalName. */
  readonly bindAs: 'dn' | 'upn';
  /** What follows the @ for people who type none. */
  readonly upnSuffix?: string | undefined;
  /** For connecting with TLS, and for each question. */
  readonly timeoutMs: number;
}
