/** `npm run build:web`: builds the web UI where its sources changed since the last build. */
import path from 'node:path';

import { buildWeb } from './web/build-web.ts';

const said = {
  absent: 'There is no web UI to build.',
  fresh: 'The web UI is already built from these sources.',
  built: 'The web UI is built.',
};
console.log(said[await buildWeb(path.dirname(import.meta.dirname))]);
