import type { OpenBackups } from './open-backups.ts';

interface EventRows {
  kura_events: { position: number; name: string; payload: string };
}

/** Names of what was published, oldest first. */
export async function eventNames(open: Pick<OpenBackups, 'database'>): Promise<readonly string[]> {
  return (await rowsOf(open)).map(({ name }) => name);
}

/** What events of a name carried, oldest first. */
export async function eventPayloads(
  open: Pick<OpenBackups, 'database'>,
  wanted: string,
): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
  return (await rowsOf(open)).filter(({ name }) => name === wanted).map(({ payload }) => JSON.parse(payload));
}

async function rowsOf({ database }: Pick<OpenBackups, 'database'>) {
  return await database.tables<EventRows>().selectFrom('kura_events').selectAll().orderBy('position').execute();
}
