/**
 * Secrets that a command stored in the data directory: one file each in `run/secrets`, readable by its owner only and sealed
 * under the master key (P-004). A file that others can read is no secret any more and is refused.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { type FieldFault, systemCode } from '#kernel/errors';
import { type AeadKey, isSealed, openFromFile } from '#platform/secrets';

/** Where the secret of a setting is stored, e.g. `run/secrets/civitai.token`. */
export function storedSecretPath(home: string, key: string): string {
  return join(home, 'run', 'secrets', key);
}

export interface StoredSecrets {
  readonly home: string;
  readonly masters: () => readonly AeadKey[];
}

export function readStoredSecret(secrets: StoredSecrets, key: string, faults: FieldFault[]): string | undefined {
  const path = storedSecretPath(secrets.home, key);
  const text = readGuarded(path, key, faults);
  if (text === undefined) return undefined;
  const secret = openStoredText(secrets, key, text);
  if (secret === undefined) faults.push(doesNotOpen(path, key));
  return secret;
}

/** Text that is not sealed is the secret itself; undefined when it is sealed and no master key here opens it. */
export function openStoredText({ masters }: StoredSecrets, key: string, text: string): string | undefined {
  return isSealed(text) ? openFromFile(masters(), key, text) : text;
}

export function doesNotOpen(place: string, key: string): FieldFault {
  return fault(place, key, 'is sealed under another master key, or was changed');
}

function readGuarded(path: string, key: string, faults: FieldFault[]): string | undefined {
  try {
    // Windows keeps no such modes; there the folder's own rights decide.
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
      faults.push(fault(path, key, 'others can read it; chmod 600 it'));
      return undefined;
    }
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') faults.push(fault(path, key, `cannot be read (${code})`));
    return undefined;
  }
}

function fault(path: string, key: string, reason: string): FieldFault {
  return { path, code: 'config.value-invalid', params: { key, reason } };
}
