/** Where the data directory is (P-001): --home, then KURA_HOME, then the user-data folder of the operating system. */
import { resolve } from 'node:path';
import envPaths from 'env-paths';

import type { Environment } from './environment.ts';

export function resolveHome(flag: string | undefined, environment: Environment): string {
  const chosen = flag ?? environment['KURA_HOME'];
  return resolve(chosen === undefined || chosen === '' ? envPaths('kura', { suffix: '' }).data : chosen);
}
