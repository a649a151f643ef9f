/** `kura models import` over a database with nothing else around it: for tests. */
import { systemClock, systemRandom } from '#kernel/clock';
import { createIdSource } from '#kernel/ids';
import type { CommandRun, RunOptions } from '#platform/cli/testing';
import type { Database } from '#platform/db';
import { createEventOutbox } from '#platform/events';
import { createEmbeddedDelivery, createJobQueue } from '#platform/jobs';
import { createUnitOfWork } from '#platform/unit-of-work';

import { importCommand } from '../cli/import-command.ts';
import { localActor } from '../core/actor.ts';
import { importRecords } from '../core/catalogue/import-records.ts';
import { type CatalogueModel, readCatalogueModel } from '../store/catalogue-store.ts';
import type { ModelsTables } from '../store/models-tables.ts';
import { runCommand } from './command-runner.ts';

export interface RecordImport {
  /** Runs `kura models import` with these words. */
  run(words: readonly string[], options?: Pick<RunOptions<unknown>, 'signal'>): Promise<CommandRun>;
  readModel(modelId: number): Promise<CatalogueModel | undefined>;
  /** Rows of the catalogue. */
  count(): Promise<{ readonly models: number; readonly versions: number }>;
}

export function openRecordImporter(database: Database): RecordImport {
  const deps = { database, clock: systemClock, random: systemRandom };
  const unitOfWork = createUnitOfWork({
    ...deps,
    ids: createIdSource(systemClock, systemRandom),
    jobs: createJobQueue({ ...deps, delivery: createEmbeddedDelivery(systemClock) }),
    events: createEventOutbox({
      ...deps,
      reportError: (error) => {
        throw error;
      },
    }),
  });
  return {
    run: (words, options = {}) =>
      runCommand([importCommand], ['models', 'import', ...words], {
        ...options,
        open: async () => ({
          importRecords: (paths, request) =>
            importRecords({ unitOfWork, clock: systemClock }, localActor, paths, request),
        }),
      }),
    readModel: (modelId) => readCatalogueModel(database, modelId),
    async count() {
      const tables = database.tables<ModelsTables>();
      const models = await tables.selectFrom('catalogue_models').select('model_id').execute();
      const versions = await tables.selectFrom('catalogue_versions').select('version_id').execute();
      return { models: models.length, versions: versions.length };
    },
  };
}
