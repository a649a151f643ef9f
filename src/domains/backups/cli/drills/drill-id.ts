/** How a drill is named on the command line. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import type { CommandContext } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import { listDrills } from '../../contract/index.ts';

/** Its id, or `latest`. */
export const drillIdSchema = z.union([z.uuid(), z.literal('latest')]);

/** @throws KuraError `backups.drill-not-found` when there is none yet. */
export async function drillIdOf(
  named: z.output<typeof drillIdSchema>,
  { call }: Pick<CommandContext<Backups>, 'call'>,
): Promise<string> {
  if (named !== 'latest') return named;
  const [newest] = (await call(listDrills, { query: { limit: 1 } })).items;
  if (newest === undefined) throw new KuraError('not-found', 'backups.drill-not-found', { params: { drill: named } });
  return newest.id;
}
