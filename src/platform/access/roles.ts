/** The five roles (P-035) as data. Roles of one's own stand in the database and combine the same permissions. */
import { type Permission, permissions } from '#platform/contract';

export const builtInRoleNames = ['viewer', 'editor', 'operator', 'auditor', 'admin'] as const;
export type BuiltInRole = (typeof builtInRoleNames)[number];

/** Whatever somebody may do, they look after their own account. */
export const ownAccount: readonly Permission[] = ['account:self', 'account:factors', 'account:password'];

const viewer: readonly Permission[] = [...ownAccount, 'models:read', 'backups:read', 'knowledge:read', 'system:read'];
const editor: readonly Permission[] = [...viewer, 'models:write', 'models:download', 'knowledge:write'];
const operator: readonly Permission[] = [...editor, 'backups:run', 'backups:report', 'system:operate'];
/** Reads everything there is, whatever comes to be readable, and judges what the audit log detected. */
const auditor: readonly Permission[] = [
  ...ownAccount,
  'audit:review',
  ...permissions.filter((one) => one.endsWith(':read')),
];

export const builtInRoles: Readonly<Record<BuiltInRole, ReadonlySet<Permission>>> = {
  viewer: new Set(viewer),
  editor: new Set(editor),
  operator: new Set(operator),
  auditor: new Set(auditor),
  admin: new Set(permissions),
};

export function isBuiltInRole(name: string): name is BuiltInRole {
  return Object.hasOwn(builtInRoles, name);
}

/** Whether somebody who holds `own` may hand out `others`: nobody gives more than they have. */
export function mayGrant(own: ReadonlySet<Permission>, others: ReadonlySet<Permission>): boolean {
  return [...others].every((one) => own.has(one));
}
