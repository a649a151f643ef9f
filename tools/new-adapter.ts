/** `npm run new:adapter -- NAME DOMAIN PORT` */
import path from 'node:path';

import { adapter } from './generators/adapter.ts';
import { generate } from './generators/scaffold.ts';

const root = path.dirname(import.meta.dirname);
const [name, domain, port] = process.argv.slice(2);
process.exitCode = await generate(() => adapter(name, domain, port), root);
