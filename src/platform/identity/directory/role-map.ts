/** Which role the groups of a directory give. Pure. */

import type { DirectoryGroup } from './directory.ts';
import { comparableName } from './distinguished-name.ts';

export interface GroupRole {
  /** Distinguished name: a bare name could be given to another group somewhere else. */
  readonly group: string;
  readonly role: string;
}

export interface RoleMap {
  /** The first whose group the person is in decides. */
  readonly rules: readonly GroupRole[];
  /** For people in none of the groups; undefined: they may not log in. */
  readonly fallback: string | undefined;
}

export function mappedRole(groups: readonly DirectoryGroup[], { rules, fallback }: RoleMap): string | undefined {
  const held = new Set(groups.map(({ dn }) => comparableName(dn)));
  return rules.find(({ group }) => held.has(comparableName(group)))?.role ?? fallback;
}
