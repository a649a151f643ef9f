export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: a public client, protected by PKCE alone. */
  readonly clientSecret: string | undefined;
  readonly scopes: string;
  /** The one algorithm with which ID tokens may be signed. */
  readonly algorithm: string;
  readonly usernameClaim: string;
  readonly groupsClaim: string;
  readonly redirectUri: string;
  /** Where the provider sends the browser after logging out there. */
  readonly afterLogout: string;
}
