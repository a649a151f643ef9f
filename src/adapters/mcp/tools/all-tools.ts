/** Every tool there is. None of them deletes or overwrites anything. */
import type { Permission } from '#platform/contract';

import type { Tool } from '../tool.ts';
import { alertTools } from './alert-tools.ts';
import { backupTools } from './backup-tools.ts';
import { knowledgeTools } from './knowledge-tools.ts';
import { modelTools } from './model-tools.ts';

export const allTools: readonly Tool[] = [...knowledgeTools, ...modelTools, ...backupTools, ...alertTools];

/** What a caller sees: what they may not do is not offered. */
export function toolsFor(permissions: ReadonlySet<Permission>, readOnly: boolean): readonly Tool[] {
  return allTools.filter(({ permission, writes }) => permissions.has(permission) && !(readOnly && writes));
}
