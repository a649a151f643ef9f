/** `npm run build:program`: joins the program's modules, so that `bin/kura` starts faster. */
import path from 'node:path';

import { buildProgram } from './program/build-program.ts';

const said = { fresh: 'The program is already joined from these sources.', built: 'The program is joined.' };
console.log(said[await buildProgram(path.dirname(import.meta.dirname))]);
