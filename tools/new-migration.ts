/** `npm run new:migration -- DOMAIN WHAT-IT-DOES` */
import path from 'node:path';

import { migration } from './generators/migration.ts';
import { generate } from './generators/scaffold.ts';

const root = path.dirname(import.meta.dirname);
const [domain, title] = process.argv.slice(2);
process.exitCode = await generate(() => migration(root, domain, title), root);
