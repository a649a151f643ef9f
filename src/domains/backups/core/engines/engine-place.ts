/** Where copies of tools may lie. */
import { realpath } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

import { KuraError } from '#kernel/errors';

import type { EngineName } from './backup-engine.ts';

/** Addresses of each tool. Remotes of rclone that describe themselves in the address (`:http,url=…:`) could reach anything. */
const addresses: Readonly<Record<EngineName, RegExp>> = {
  restic: /^(?:sftp|rest|s3|b2|azure|gs|swift|rclone):[^\s:]\S*$/,
  borg: /^ssh:\/\/[^\s-]\S*$/,
  rclone: /^[\p{L}\p{N}_][\p{L}\p{N}_.+@ -]*:[^:]*$/u,
};

export function isToolAddress(tool: EngineName, repository: string): boolean {
  return !isAbsolute(repository) && addresses[tool].test(repository);
}

/**
 * The place as it is stored: a folder by its real path.
 * @throws KuraError invalid `backups.engine-address`
 */
export async function toolPlace(tool: EngineName, repository: string): Promise<string> {
  if (isAbsolute(repository)) return await realpath(repository).catch(() => repository);
  if (isToolAddress(tool, repository) && !repository.split(/[/:]/).includes('..')) return repository;
  throw new KuraError('invalid', 'backups.engine-address', { params: { tool, repository } });
}
