import fs from 'node:fs/promises';
import path from 'node:path';

import { missingEntries } from '../../lock/complete-lock.ts';
import type { Verdict } from '../gate.ts';

/** A fresh clone can be installed: the lock file names every optional package, for every platform. */
export async function checkLock(root: string): Promise<Verdict> {
  const text = await fs.readFile(path.join(root, 'package-lock.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return { looked: 0, unit: 'lock file', problems: [] };
  const problems = missingEntries(text).map(
    ({ name }) => `package-lock.json lacks ${name}; run \`node tools/bootstrap.mjs complete-lock\`.`,
  );
  return { looked: 1, unit: 'lock file', problems };
}
