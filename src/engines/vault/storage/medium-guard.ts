/**
 * Keeps a repository on the medium it was found on. A disk that is unplugged, or a share that drops, leaves its mount
 * point behind: an ordinary folder of the system disk, in which everything would seem lost and which would be filled up.
 */
import type { BigIntStats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';

import { findAbsentMount } from './mount-table.ts';

export interface MediumGuard {
  /** Remembers the folder when it is seen for the first time; otherwise does nothing. @throws as `check` */
  begin(): Promise<void>;
  /**
   * To be asked before anything is written or missed. The first folder that is seen counts as the right one.
   * @throws KuraError unavailable `vault.medium-changed` | `vault.medium-not-mounted`.
   */
  check(): Promise<void>;
}

export function createMediumGuard(
  root: string,
  findAbsent: (path: string) => Promise<string | undefined> = findAbsentMount,
): MediumGuard {
  let known: Pick<BigIntStats, 'dev' | 'ino'> | undefined;

  async function first(): Promise<void> {
    const facts = await statOrGone(root);
    const mountPoint = await findAbsent(await resolved(root));
    if (mountPoint !== undefined) {
      throw new KuraError('unavailable', 'vault.medium-not-mounted', { params: { location: root, mountPoint } });
    }
    if (facts !== undefined) known = { dev: facts.dev, ino: facts.ino };
  }

  return {
    async begin() {
      if (known === undefined) await first();
    },
    async check() {
      if (known === undefined) return await first();
      const facts = await statOrGone(root);
      if (facts?.dev === known.dev && facts.ino === known.ino) return;
      throw new KuraError('unavailable', 'vault.medium-changed', { params: { location: root } });
    },
  };
}

/** With the links of that part of the path which exists followed. */
async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) return path;
    return join(await resolved(dirname(path)), basename(path));
  }
}

async function statOrGone(path: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
