/** `node tools/bootstrap.mjs complete-lock`: after `npm install PACKAGE`, so that `npm ci` accepts the lock file anywhere. */
import fs from 'node:fs/promises';
import path from 'node:path';

import { completeLock, missingEntries } from './lock/complete-lock.ts';

const file = path.join(path.dirname(import.meta.dirname), 'package-lock.json');
const text = await fs.readFile(file, 'utf8');
const missing = missingEntries(text);
if (missing.length > 0) await fs.writeFile(file, completeLock(text));
console.log(`${missing.length} entries added to package-lock.json.`);
