/** Pages ask the library by model: what is installed of it, what is newer, what its creator permits. */
import type { Migration } from '#platform/db';

export const libraryByModelMigration: Migration = {
  id: 'models-0008-library-by-model',
  up: async (db) => {
    await db.schema.createIndex('library_files_by_model').on('library_files').column('model_id').execute();
  },
};
