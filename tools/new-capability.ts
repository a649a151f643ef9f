/** `npm run new:capability -- DOMAIN NAME` */
import path from 'node:path';

import { capability } from './generators/capability.ts';
import { generate } from './generators/scaffold.ts';

const root = path.dirname(import.meta.dirname);
const [domain, name] = process.argv.slice(2);
process.exitCode = await generate(() => capability(domain, name), root);
