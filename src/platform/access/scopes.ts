/** What an API key may be narrowed to (P-034): a permission, or a word for several. */
import { type KeyScope, type Permission, permissions } from '#platform/contract';

const named: Readonly<Record<'read' | 'ingest', readonly Permission[]>> = {
  read: ['models:read', 'backups:read', 'knowledge:read', 'system:read'],
  /** Hand in results of backups made elsewhere; such a key lies on other machines, so it can do nothing else. */
  ingest: ['backups:report'],
};

/** What a key may do: what its scopes say and its owner may at this moment. Widening is impossible by construction. */
export function withinScopes(owner: ReadonlySet<Permission>, scopes: readonly KeyScope[]): ReadonlySet<Permission> {
  const asked = scopes.flatMap((scope) => (isPermission(scope) ? [scope] : named[scope]));
  return new Set(asked.filter((permission) => owner.has(permission)));
}

function isPermission(scope: KeyScope): scope is Exclude<KeyScope, 'read' | 'ingest'> {
  return (permissions as readonly string[]).includes(scope);
}
