/** The verdicts a data directory has, for a command that works without one: nothing is made, migrated or written. */
import { existsSync } from 'node:fs';

import { systemClock, systemRandom } from '#kernel/clock';
import { createKnownVerdicts, type OpenKnownVerdicts } from '#models';
import { type Environment, loadConfig, resolveHome } from '#platform/config';
import { openDatabase } from '#platform/db';
import { homeFolder } from '#platform/files';

/** Undefined where there is no database, or it cannot be opened: the command then reads every file. */
export async function openKnownVerdicts(
  home: string | undefined,
  environment: Environment,
): Promise<OpenKnownVerdicts | undefined> {
  const root = resolveHome(home, environment);
  const { config } = loadConfig({ home: root, environment });
  const file = homeFolder(root).database;
  if (config.database.url === undefined && !existsSync(file)) return undefined;
  try {
    const url = config.database.url ?? `sqlite:${file}`;
    const database = await openDatabase({ url, clock: systemClock, random: systemRandom });
    return {
      verdicts: createKnownVerdicts(database),
      [Symbol.asyncDispose]: async () => database[Symbol.asyncDispose](),
    };
  } catch {
    return undefined;
  }
}
