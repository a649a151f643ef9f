/**
 * Entry of the process. Node keeps what it compiled (types stripped) in its compile cache, which halves the time to the
 * first line; the cache must be on before the program is imported, so this file does nothing else.
 */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./run.ts');
