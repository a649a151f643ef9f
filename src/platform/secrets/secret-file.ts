/** Files with one secret each. */
import { readFileSync } from 'node:fs';

import { systemCode } from '#kernel/errors';

export function readSecretFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
