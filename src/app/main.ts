/**
 * Entry of the process. Node keeps what it compiled (types stripped) in its compile cache, which halves the time to the
 * first line; the cache must be on, and what needs much memory done, before the program is imported.
 */
import { enableCompileCache } from 'node:module';

import { stretchEarly } from './stretch-early.ts';

enableCompileCache();
await stretchEarly(process.argv.slice(2));
const { run } = await import('./run.ts');
await run();
