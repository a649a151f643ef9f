/** What each page takes: the menu shows, and the frame opens, only what the caller may see. The server decides again. */
import type { Permission } from '#platform/contract';

/** The first that fits counts. */
const pages: readonly (readonly [path: RegExp, permission: Permission])[] = [
  [/^\/models\/downloads\/new$/, 'models:download'],
  [/^\/models\//, 'models:read'],
  [/^\/backups\//, 'backups:read'],
  [
    /^\/knowledge\/(?:new|unanswered|upkeep|duplicates|usage|removed|dialogues(?:\/[^/]+)?|entries\/[^/]+\/edit)$/,
    'knowledge:write',
  ],
  [/^\/knowledge\//, 'knowledge:read'],
  [/^\/operations\/audit$/, 'audit:read'],
  [/^\/operations\/(?:users|roles|access|notifications)(?:\/|$)/, 'users:read'],
  [/^\/operations\//, 'system:read'],
];

/** Undefined for pages that everybody sees who is logged in. */
export function permissionOf(path: string): Permission | undefined {
  return pages.find(([pattern]) => pattern.test(path))?.[1];
}

export function mayOpen(path: string, permissions: readonly Permission[]): boolean {
  const needed = permissionOf(path);
  return needed === undefined || permissions.includes(needed);
}
