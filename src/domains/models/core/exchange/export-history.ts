/** The history of downloads, the library and the searches as one bundle (models.md M-183). */
import { createHash } from 'node:crypto';

import { type Clock, nowInstant } from '#kernel/clock';
import type { Database } from '#platform/db';

import { readExchangeRows } from '../../store/exchange-store.ts';
import {
  type Bundle,
  bundleFormat,
  type ExchangeTableName,
  exchangeTableNames,
  type Manifest,
  SCHEMA_VERSION,
} from '../../store/exchange-tables.ts';
import { straysFromLibrary, withPlaces } from './library-places.ts';

export interface ExportDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly libraryFolder: string;
  readonly version?: string | undefined;
}

export async function exportHistory(deps: ExportDeps): Promise<Bundle & { readonly manifest: Manifest }> {
  const lines: Record<ExchangeTableName, string[]> = { downloads: [], library_files: [], search_runs: [] };
  for (const table of exchangeTableNames) {
    for await (const row of readExchangeRows(deps.database, table)) {
      const placed = withPlaces(table, row, deps.libraryFolder);
      // Files that were adopted elsewhere have no place on another machine.
      if (table === 'library_files' && straysFromLibrary(table, placed)) continue;
      lines[table].push(JSON.stringify(placed));
    }
  }
  const manifest: Manifest = {
    format: bundleFormat,
    schemaVersion: SCHEMA_VERSION,
    exportedAt: nowInstant(deps.clock),
    toolVersion: deps.version ?? null,
    tables: {
      downloads: factsOf(lines.downloads),
      library_files: factsOf(lines.library_files),
      search_runs: factsOf(lines.search_runs),
    },
  };
  return { manifest, lines };
}

/** Counts and the SHA-256 of the lines with their ends, as `sha256sum` gives for the files of a folder. */
export function factsOf(lines: readonly string[]): Manifest['tables']['downloads'] {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`);
  return { rows: lines.length, sha256: hash.digest('hex') };
}
