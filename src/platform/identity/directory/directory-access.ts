/** A directory, and what being in it means here. */
import type { MessageParams } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { Directory } from './directory.ts';
import type { RoleMap } from './role-map.ts';

export interface DirectoryAccess {
  readonly source: Directory;
  readonly roles: RoleMap;
  /** Between two looks at everybody who is logged in. */
  readonly recheckMs: number;
}

/** Who the audit log names for what a directory decided. */
export function directoryActor({ provider }: Directory, correlationId = ''): Actor {
  return { kind: 'system', id: `directory:${provider}`, name: provider, correlationId };
}

/** Why somebody whose password is right is not let in. */
export interface NotAdmitted {
  readonly reason: 'no-role' | 'role-unknown' | 'name-taken' | 'name-unusable' | 'disabled-here';
  readonly params: MessageParams;
}
