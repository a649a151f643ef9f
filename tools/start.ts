/** `npm start [-- OPTIONS OF kura serve]`: builds the web UI and joins the program where needed and leaves the server running. */
import path from 'node:path';

import { runInForeground } from './commands/run-in-foreground.ts';
import { buildProgram } from './program/build-program.ts';
import { buildWeb } from './web/build-web.ts';

const root = path.dirname(import.meta.dirname);
await buildProgram(root);
const result = await buildWeb(root);
if (result === 'built') console.error('The web UI is built.');
process.exitCode = await runInForeground(path.join(root, 'bin/kura'), ['serve', ...process.argv.slice(2)], root);
