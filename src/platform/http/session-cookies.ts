/**
 * How the cookies of a session are called. Over TLS their names begin with `__Host-` (RFC 6265bis): a browser takes such a
 * cookie only from this very host, so that no sibling under the same domain can plant one. Without TLS, as on loopback,
 * browsers refuse such names.
 */
export interface CookieNames {
  /** The secret: no script reads it. */
  readonly session: string;
  /** The token against forgery: our own pages read it. */
  readonly csrf: string;
}

/** @param secure Whether the browser speaks TLS. */
export function cookieNames(secure: boolean): CookieNames {
  const prefix = secure ? '__Host-' : '';
  return { session: `${prefix}kura_session`, csrf: `${prefix}kura_csrf` };
}
