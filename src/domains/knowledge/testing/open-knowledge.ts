/** The knowledge base over a real database with nothing else around it: for tests, child processes and benchmarks. */
import { systemClock, systemRandom } from '#kernel/clock';
import { createIdSource } from '#kernel/ids';
import { type Database, type Migration, openDatabase } from '#platform/db';
import { createEventOutbox, type EventOutbox, eventMigrations } from '#platform/events';
import { createEmbeddedDelivery, createJobQueue, jobMigrations } from '#platform/jobs';
import { type Actor, auditMigrations, createUnitOfWork } from '#platform/unit-of-work';

import { createKnowledge, type Knowledge, knowledgeMigrations } from '../index.ts';

const migrations: readonly Migration[] = [
  ...auditMigrations,
  ...jobMigrations,
  ...eventMigrations,
  ...knowledgeMigrations,
];

export const testActor: Actor = { kind: 'cli', id: 'test', name: 'test' };

export interface OpenKnowledge extends AsyncDisposable {
  readonly database: Database;
  readonly events: EventOutbox;
  readonly knowledge: Knowledge;
}

export async function openKnowledge(url: string): Promise<OpenKnowledge> {
  const deps = { clock: systemClock, random: systemRandom };
  const database = await openDatabase({ url, ...deps });
  await database.migrate(migrations);
  const ids = createIdSource(systemClock, systemRandom);
  const jobs = createJobQueue({ database, delivery: createEmbeddedDelivery(systemClock), ...deps });
  const events = createEventOutbox({
    database,
    ...deps,
    reportError: (error) => {
      throw error;
    },
  });
  const unitOfWork = createUnitOfWork({ database, jobs, events, clock: systemClock, ids });
  const knowledge = createKnowledge({ database, unitOfWork, clock: systemClock, ids });
  return { database, events, knowledge, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}
