/** Who is calling, and what they may do. Denied unless a permission says otherwise (P-035). */
import { KuraError } from '#kernel/errors';
import { type Access, type Permission, permissions } from '#platform/contract';

export interface Caller {
  readonly kind: 'user' | 'cli' | 'job' | 'system';
  readonly id: string;
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  /** The address a request came from, after trusted proxies; goes into the audit log. */
  readonly from?: string;
  /** Facts of the account behind `id`; absent for the admin token, one-time login links and this machine. */
  readonly account?: {
    readonly role: string;
    readonly fullName: string | null;
    readonly language: string | null;
    /** Set by administrators or the directory, never by the person: it opens what a department keeps to itself. */
    readonly department?: string | null;
  };
  /** Public id of the browser session that speaks. */
  readonly sessionId?: string;
  /** Id of the API key that speaks. */
  readonly keyId?: string;
  /** What that key may speak of; absent or empty for everything. Checked by the routes that keys of its kind reach. */
  readonly boundTo?: readonly string[];
}

/** The person at the keyboard of this machine: whoever may read the data directory may do everything. */
export function localCaller(name: string): Caller {
  return { kind: 'cli', id: 'local', name, permissions: new Set(permissions) };
}

export function adminCaller(): Caller {
  return { kind: 'user', id: 'admin', name: 'admin', permissions: new Set(permissions) };
}

/**
 * The one enforcement point of routes, sockets and the command line.
 * @throws KuraError unauthenticated without a caller, forbidden without the permission
 */
export function authorizeAccess(access: Access, caller: Caller | undefined): void {
  if (typeof access === 'object') return;
  requirePermission(access, caller);
}

declare const held: unique symbol;

/** A caller of whom a permission was asked: only `requirePermission` makes one, so a use case that takes one cannot be reached without the question. */
export type Authorized<P extends Permission> = Caller & { readonly [held]: P };

/** The caller, who holds the permission. @throws as `authorizeAccess` */
export function requirePermission<P extends Permission>(permission: P, caller: Caller | undefined): Authorized<P> {
  if (caller === undefined) throw new KuraError('unauthenticated', 'access.login-required');
  if (!caller.permissions.has(permission)) {
    throw new KuraError('forbidden', 'access.permission-missing', { params: { permission } });
  }
  // The mark stands in types only.
  return caller as Authorized<P>;
}
