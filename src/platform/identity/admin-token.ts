/** The local admin token: configured, or generated once into a file only the owner can read (P-004). */
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Random } from '#kernel/clock';
import { KuraError, systemCode } from '#kernel/errors';
import { writeFileAtomic } from '#platform/files';

export interface AdminTokenOptions {
  readonly configured: string | undefined;
  readonly runFolder: string;
  readonly random: Random;
  readonly profile: 'development' | 'staging' | 'production';
}

/** @throws KuraError invalid `identity.weak-secret` when production is asked to accept a weak token */
export async function adminToken(options: AdminTokenOptions): Promise<string> {
  if (options.configured !== undefined) {
    const reason = weakness(options.configured);
    if (reason !== undefined && options.profile === 'production') {
      throw new KuraError('invalid', 'identity.weak-secret', { params: { reason } });
    }
    return options.configured;
  }
  const path = join(options.runFolder, 'admin-token');
  try {
    const stored = (await readFile(path, 'utf8')).trim();
    if (stored !== '') return stored;
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  const made = `kura_${Buffer.from(options.random.bytes(32)).toString('base64url')}`;
  await writeFileAtomic(path, `${made}\n`, { mode: 0o600 });
  return made;
}

/** Compares without telling by its duration how much was right. */
export function sameSecret(left: string, right: string): boolean {
  return timingSafeEqual(createHash('sha256').update(left).digest(), createHash('sha256').update(right).digest());
}

function weakness(token: string): string | undefined {
  if (token.length < 24) return `${token.length} < 24`;
  if (new Set(token).size < 8) return `${new Set(token).size} distinct < 8`;
  return undefined;
}
