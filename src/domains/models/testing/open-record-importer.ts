/** `kura models import` over a database with nothing else around it: for tests. */
import type { Model } from '#engines/civitai';
import type { CommandRun, RunOptions } from '#platform/cli/testing';
import type { Database } from '#platform/db';
import { createTestPlatform } from '#platform/unit-of-work/testing';

import { importCommand } from '../cli/import-command.ts';
import { localActor } from '../core/actor.ts';
import { importRecords } from '../core/catalogue/import-records.ts';
import { readCatalogueModel } from '../store/catalogue-reader.ts';
import type { ModelsTables } from '../store/models-tables.ts';
import { listObservedValues } from '../store/vocabulary-store.ts';
import { runCommand } from './command-runner.ts';

export interface RecordImport {
  /** Runs `kura models import` with these words. */
  run(words: readonly string[], options?: Pick<RunOptions<unknown>, 'signal'>): Promise<CommandRun>;
  /** As the catalogue knows it. */
  readModel(modelId: number): Promise<(Model & { readonly seenAt: string }) | undefined>;
  /** What was learned of the site's words, in order. */
  words(): Promise<readonly string[]>;
  /** The day and the number of downloads, for each day on which the model was seen. */
  downloads(modelId: number): Promise<ReadonlyArray<readonly [day: string, downloads: number | null]>>;
  /** Rows of the catalogue. */
  count(): Promise<{ readonly models: number; readonly versions: number }>;
}

export function openRecordImporter(database: Database): RecordImport {
  const { unitOfWork, clock } = createTestPlatform(database);
  return {
    run: (words, options = {}) =>
      runCommand([importCommand], ['models', 'import', ...words], {
        ...options,
        open: async () => ({
          importRecords: (paths, request) => importRecords({ unitOfWork, clock }, localActor, paths, request),
        }),
      }),
    async readModel(modelId) {
      const known = await readCatalogueModel(database, modelId);
      return known === undefined ? undefined : { ...known.model, seenAt: known.seenAt };
    },
    async words() {
      const observed = await listObservedValues(database);
      return observed.map(({ value }) => value).sort();
    },
    async downloads(modelId) {
      const rows = await database
        .tables<ModelsTables>()
        .selectFrom('catalogue_stats')
        .select(['day', 'downloads'])
        .where('subject', '=', 'model')
        .where('subject_id', '=', modelId)
        .orderBy('day')
        .execute();
      return rows.map(({ day, downloads }) => [day, downloads]);
    },
    async count() {
      const tables = database.tables<ModelsTables>();
      const models = await tables.selectFrom('catalogue_models').select('model_id').execute();
      const versions = await tables.selectFrom('catalogue_versions').select('version_id').execute();
      return { models: models.length, versions: versions.length };
    },
  };
}
