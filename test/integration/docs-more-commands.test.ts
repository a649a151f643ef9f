/** The other half of the guides; what is said of all of them stands in `docs-commands.test.ts`. */
import { runHalfOfTheGuides } from './documents/guides.ts';

runHalfOfTheGuides(1);
