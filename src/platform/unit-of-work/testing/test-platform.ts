import { type Clock, type Random, systemClock, systemRandom } from '#kernel/clock';
import { createIdSource, type IdSource } from '#kernel/ids';
import { type Database, type Migration, openDatabase } from '#platform/db';
import { createEventOutbox, type EventOutbox, eventMigrations } from '#platform/events';
import { createEmbeddedDelivery, createJobQueue, type JobQueue, jobMigrations } from '#platform/jobs';
import {
  type Actor,
  auditMigrations,
  createUnitOfWork,
  type UnitOfWork,
  type UnitOfWorkDeps,
} from '#platform/unit-of-work';

export const testActor: Actor = { kind: 'cli', id: 'test', name: 'test' };

/** Tables that every write may touch: audit, jobs, events. */
export const writeMigrations: readonly Migration[] = [...auditMigrations, ...jobMigrations, ...eventMigrations];

export interface TestPlatform extends AsyncDisposable {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly jobs: JobQueue;
  readonly events: EventOutbox;
  readonly unitOfWork: UnitOfWork;
}

export interface TestPlatformOptions {
  /** What the audit log reads. */
  readonly clock?: Clock;
  /** How often the outbox looks for events of others. */
  readonly pollMs?: number;
  /** What chains the audit log; nothing unless given. */
  readonly sealing?: UnitOfWorkDeps['sealing'];
}

/** Over a database of the caller, which disposing closes; an error in the background fails the test. */
export function createTestPlatform(
  database: Database,
  { clock = systemClock, sealing, ...outbox }: TestPlatformOptions = {},
): TestPlatform {
  const deps = { database, clock: systemClock, random: systemRandom };
  const ids = createIdSource(systemClock, systemRandom);
  const jobs = createJobQueue({ ...deps, delivery: createEmbeddedDelivery(systemClock) });
  const events = createEventOutbox({
    ...deps,
    ...outbox,
    reportError: (error) => {
      throw error;
    },
  });
  const unitOfWork = createUnitOfWork({
    database,
    jobs,
    events,
    clock,
    ids,
    ...(sealing === undefined ? {} : { sealing }),
  });
  return {
    ...deps,
    clock,
    ids,
    jobs,
    events,
    unitOfWork,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

/** Over a database of its own, brought to these migrations beside `writeMigrations`. */
export async function openTestPlatform(
  url: string,
  migrations: readonly Migration[],
  options?: TestPlatformOptions,
): Promise<TestPlatform> {
  const database = await openDatabase({ url, clock: systemClock, random: systemRandom });
  await database.migrate([...writeMigrations, ...migrations]);
  return createTestPlatform(database, options);
}
