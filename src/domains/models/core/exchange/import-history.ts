/** A bundle into this home, all of it or nothing (models.md M-184). What is here already stays as it is. */
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import { insertExchangeRows } from '../../store/exchange-store.ts';
import { type Bundle, type ExchangeTableName, exchangeTableNames } from '../../store/exchange-tables.ts';
import { sizeOf } from '../library/intact-file.ts';
import { type BundleFault, checkBundle } from './check-bundle.ts';
import { withPaths } from './library-places.ts';

export interface ImportedHistory {
  readonly tables: ReadonlyArray<{
    readonly table: ExchangeTableName;
    readonly rows: number;
    /** Those that were not here yet. */
    readonly added: number;
  }>;
  /** Not empty: nothing was imported. */
  readonly faults: readonly BundleFault[];
  /** Files of the bundle's library that this disk does not have. */
  readonly missingFiles: number;
}

export interface ImportDeps {
  readonly unitOfWork: UnitOfWork;
  readonly libraryFolder: string;
}

/** @throws KuraError invalid `models.bundle-unreadable`, `models.bundle-too-new` */
export async function importHistory(deps: ImportDeps, bundle: Bundle, actor: Actor): Promise<ImportedHistory> {
  const { rows, faults } = checkBundle(bundle);
  if (faults.length > 0) return { tables: [], faults, missingFiles: 0 };
  const here = {
    downloads: rows.downloads.map((row) => withPaths('downloads', row, deps.libraryFolder)),
    library_files: rows.library_files.map((row) => withPaths('library_files', row, deps.libraryFolder)),
    search_runs: rows.search_runs,
  };
  const tables = await deps.unitOfWork.write(actor, async (tx) => {
    const counts: { table: ExchangeTableName; rows: number; added: number }[] = [];
    for (const table of exchangeTableNames) {
      counts.push({ table, rows: here[table].length, added: await insertExchangeRows(tx, table, here[table]) });
    }
    await tx.audit({
      action: 'models.import-history',
      subject: { kind: 'history', id: 'bundle' },
      result: 'done',
      after: Object.fromEntries(counts.map(({ table, added }) => [table, added])),
    });
    return counts;
  });
  let missingFiles = 0;
  for (const { path } of here.library_files) {
    if (typeof path === 'string' && (await sizeOf(path)) === undefined) missingFiles += 1;
  }
  return { tables, faults: [], missingFiles };
}
