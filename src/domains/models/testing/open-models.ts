/** The models domain over a real database and real folders, with the source of models that the test brings. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { createScanner } from '#engines/modelscan';
import { systemClock, systemRandom } from '#kernel/clock';
import { createIdSource } from '#kernel/ids';
import { type Database, type Migration, openDatabase } from '#platform/db';
import { createEventOutbox, type EventOutbox, eventMigrations } from '#platform/events';
import { createEmbeddedDelivery, createJobQueue, type JobQueue, jobMigrations } from '#platform/jobs';
import { openLogger } from '#platform/log';
import { createMetrics } from '#platform/metrics';
import { type Actor, auditMigrations, createUnitOfWork } from '#platform/unit-of-work';

import { createModels, type Models, type ModelsDeps, modelsMetrics, modelsMigrations } from '../index.ts';
import type { ModelSource } from '../ports.ts';

export const modelsTestMigrations: readonly Migration[] = [
  ...auditMigrations,
  ...jobMigrations,
  ...eventMigrations,
  ...modelsMigrations,
];

export const testActor: Actor = { kind: 'cli', id: 'test', name: 'test' };

export interface OpenModels extends AsyncDisposable {
  readonly database: Database;
  readonly events: EventOutbox;
  readonly jobs: JobQueue;
  readonly models: Models;
  readonly library: string;
  readonly quarantine: string;
}

export interface OpenModelsOptions {
  readonly databaseUrl: string;
  /** Data directory. */
  readonly home: string;
  readonly source: ModelSource;
  readonly overrides?: Partial<ModelsDeps>;
}

export async function openModels(options: OpenModelsOptions): Promise<OpenModels> {
  await using stack = new AsyncDisposableStack();
  const deps = { clock: systemClock, random: systemRandom };
  const folders = {
    library: join(options.home, 'library'),
    quarantine: join(options.home, 'quarantine'),
    run: join(options.home, 'run'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  const database = stack.use(await openDatabase({ url: options.databaseUrl, ...deps }));
  await database.migrate(modelsTestMigrations);
  const ids = createIdSource(systemClock, systemRandom);
  const jobs = createJobQueue({ database, delivery: createEmbeddedDelivery(systemClock), ...deps });
  const events = createEventOutbox({
    database,
    ...deps,
    reportError: (error) => {
      throw error;
    },
  });
  const logger = stack.use(await openLogger({ level: 'error', terminal: 'none' }));
  const models = stack.use(
    createModels({
      ...deps,
      database,
      ids,
      jobs,
      logger,
      unitOfWork: createUnitOfWork({ database, jobs, events, clock: systemClock, ids }),
      source: options.source,
      scanner: stack.use(createScanner()),
      egress: { checkUrl: () => undefined },
      progress: { downloadProgressed: () => undefined },
      repairSources: [],
      protection: { of: async () => null },
      measures: modelsMetrics(createMetrics()),
      folders,
      command: 'test',
      options: () => ({
        layout: 'comfyui',
        connections: 4,
        parallel: 2,
        idleTimeoutMs: 5000,
        reserveBytes: 0,
        bytesPerSecond: 0,
        lockWaitMs: 5000,
      }),
      ...options.overrides,
    }),
  );
  const owned = stack.move();
  return { database, events, jobs, models, ...folders, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
