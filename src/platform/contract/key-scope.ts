/** What an API key can be narrowed to. Safe for browsers. */
import { type Permission, permissions } from './permission.ts';

/** A key must not outlive itself: it neither makes keys and passwords of its owner nor accounts. */
type Personal = 'account:self' | 'account:factors' | 'account:password' | 'users:manage';

export const keyScopes: readonly KeyScope[] = ['read', 'ingest', ...permissions.filter((one) => !isPersonal(one))];

export type KeyScope = 'read' | 'ingest' | Exclude<Permission, Personal>;

function isPersonal(permission: Permission): permission is Personal {
  return permission.startsWith('account:') || permission === 'users:manage';
}
