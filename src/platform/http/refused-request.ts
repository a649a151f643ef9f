/** A request that was refused for who asked, not for what was asked: for the audit log. */
import type { KuraError } from '#kernel/errors';
import type { Caller } from '#platform/access';

export interface RefusedRequest {
  /** What did not do: an API key or token, a browser session, or the rights of a known caller. */
  readonly what: 'token' | 'session' | 'rights';
  /** Error code. */
  readonly code: string;
  readonly caller: Caller | undefined;
  readonly address: string | undefined;
  /** Contract id, or the path where there is none. */
  readonly target: string;
  readonly requestId: string | undefined;
}

interface Asked extends Omit<RefusedRequest, 'what' | 'code'> {
  readonly credentials: { readonly bearer: string | undefined; readonly session: string | undefined };
}

/** Undefined for other errors, and for those who came without credentials: that is how everybody begins. */
export function refusedBy({ kind, code }: KuraError, { credentials, ...asked }: Asked): RefusedRequest | undefined {
  if (kind === 'forbidden') return { what: 'rights', code, ...asked };
  if (kind !== 'unauthenticated') return undefined;
  if (credentials.bearer !== undefined) return { what: 'token', code, ...asked };
  return credentials.session === undefined ? undefined : { what: 'session', code, ...asked };
}
