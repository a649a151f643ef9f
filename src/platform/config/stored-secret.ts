/**
 * Secrets that a command stored in the data directory: one file each in `run/secrets`, readable by its owner only (P-004).
 * A file that others can read is no secret any more and is refused.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { type FieldFault, systemCode } from '#kernel/errors';

/** Where the secret of a setting is stored, e.g. `run/secrets/civitai.token`. */
export function storedSecretPath(home: string, key: string): string {
  return join(home, 'run', 'secrets', key);
}

export function readStoredSecret(home: string, key: string, faults: FieldFault[]): string | undefined {
  const path = storedSecretPath(home, key);
  try {
    // Windows keeps no such modes; there the folder's own rights decide.
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
      faults.push({ path, code: 'config.value-invalid', params: { key, reason: 'others can read it; chmod 600 it' } });
      return undefined;
    }
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR') {
      faults.push({
        path,
        code: 'config.value-invalid',
        params: { key, reason: `cannot be read (${systemCode(error)})` },
      });
    }
    return undefined;
  }
}
