/** The models domain over a real database and real folders, with the source of models that the test brings. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { createScanner } from '#engines/modelscan';
import { openLogger } from '#platform/log';
import { createMetrics } from '#platform/metrics';
import { createScheduler, scheduleMigrations } from '#platform/schedule';
import type { UnitOfWork } from '#platform/unit-of-work';
import { openTestPlatform, type TestPlatform } from '#platform/unit-of-work/testing';

import { createModels, type Models, type ModelsDeps, modelsJobs, modelsMetrics, modelsMigrations } from '../index.ts';
import type { ModelSource } from '../ports.ts';

export interface OpenModels extends Pick<TestPlatform, 'database' | 'events' | 'jobs'>, AsyncDisposable {
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
  /** Asked before each transaction; what it throws stands for a process that died there. */
  readonly beforeWrite?: (() => void) | undefined;
}

export async function openModels(options: OpenModelsOptions): Promise<OpenModels> {
  await using stack = new AsyncDisposableStack();
  const folders = {
    library: join(options.home, 'library'),
    quarantine: join(options.home, 'quarantine'),
    run: join(options.home, 'run'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  const platform = stack.use(await openTestPlatform(options.databaseUrl, [...scheduleMigrations, ...modelsMigrations]));
  const logger = stack.use(await openLogger({ level: 'error', terminal: 'none' }));
  const models = stack.use(
    createModels({
      ...platform,
      unitOfWork: watched(platform.unitOfWork, options.beforeWrite),
      scheduler: createScheduler({ ...platform, kinds: modelsJobs }),
      historyDays: () => 90,
      quality: () => ({
        weights: 'likes=40,downloads=30,engagement=20,comments=10,safe=2,style=1,general=1,quality=1',
        counters: 'in-all',
      }),
      logger,
      source: options.source,
      scanner: stack.use(createScanner()),
      egress: { checkUrl: () => undefined },
      progress: { downloadProgressed: () => undefined },
      repairSources: [],
      protection: { of: async () => null },
      measures: modelsMetrics(createMetrics()),
      folders,
      command: 'test',
      featureMode: () => 'extended',
      timeZone: () => 'Asia/Tokyo',
      options: () => ({
        layout: 'comfyui',
        connections: 4,
        mode: 'speed',
        parallel: 2,
        idleTimeoutMs: 5000,
        reserveBytes: 0,
        allowLikeness: false,
        lockWaitMs: 5000,
      }),
      ...options.overrides,
    }),
  );
  const owned = stack.move();
  return { ...platform, models, ...folders, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function watched(unitOfWork: UnitOfWork, beforeWrite: (() => void) | undefined): UnitOfWork {
  if (beforeWrite === undefined) return unitOfWork;
  return {
    ...unitOfWork,
    write: async (actor, work) => {
      beforeWrite();
      return unitOfWork.write(actor, work);
    },
  };
}
