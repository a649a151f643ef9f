/** Words of the site that Kura did not come with, and when the site was asked for its own lists. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const vocabularyMigration: Migration = {
  id: 'models-0003-vocabulary',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'observed_values')
      .addColumn('kind', type.text, (column) => column.notNull())
      .addColumn('value', type.text, (column) => column.notNull())
      .addColumn('first_seen_at', type.instant, (column) => column.notNull())
      .addColumn('last_seen_at', type.instant, (column) => column.notNull())
      .addColumn('sightings', type.integer, (column) => column.notNull())
      .addColumn('source', type.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('observed_values_key', ['kind', 'value'])
      .execute();
    // A model counts once, however often it is seen.
    await createTable(db, dialect, 'observed_models')
      .addColumn('kind', type.text, (column) => column.notNull())
      .addColumn('value', type.text, (column) => column.notNull())
      .addColumn('model_id', type.bigint, (column) => column.notNull())
      .addPrimaryKeyConstraint('observed_models_key', ['kind', 'value', 'model_id'])
      .execute();
    await createTable(db, dialect, 'vocabulary_refreshes')
      .addColumn('site', type.text, (column) => column.primaryKey().notNull())
      .addColumn('asked_at', type.instant, (column) => column.notNull())
      .addColumn('answered_at', type.instant)
      .execute();
  },
};
