/** What `kura db check` asks the modules beside looking at the database itself. */
import { createIndexProbe } from '#knowledge';
import type { DatabaseProbe } from '#platform/db';
import { createLeaseProbe } from '#platform/jobs';

import type { AppContext } from './context.ts';

export function databaseProbes({ clock, database }: AppContext): readonly DatabaseProbe[] {
  return [createLeaseProbe(clock), createIndexProbe(database.dialect)];
}
