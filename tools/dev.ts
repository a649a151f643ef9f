/** `npm run dev [-- OPTIONS OF kura serve]`: the server, started again whenever a source file changes. */
import path from 'node:path';

import { runInForeground } from './commands/run-in-foreground.ts';
import { buildWeb } from './web/build-web.ts';

const root = path.dirname(import.meta.dirname);
await buildWeb(root);
const flags = ['--watch', '--watch-preserve-output', '--disable-warning=ExperimentalWarning'];
const args = [...flags, path.join(root, 'src/app/main.ts'), 'serve', ...process.argv.slice(2)];
process.exitCode = await runInForeground(process.execPath, args, root);
