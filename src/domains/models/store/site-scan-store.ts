/** What the site's own scans last said of a file of the catalogue. */
import type { Database } from '#platform/db';

import type { CatalogueTables } from './catalogue-tables.ts';

/** Undefined for files that are not from the site. */
export async function findSiteScan(
  database: Database,
  { versionId, fileId }: { readonly versionId: number | null; readonly fileId: number | null },
) {
  if (versionId === null || fileId === null) return undefined;
  const row = await database
    .tables<CatalogueTables>()
    .selectFrom('catalogue_files')
    .select(['name', 'format', 'pickle_scan', 'virus_scan'])
    .where('version_id', '=', versionId)
    .where('file_id', '=', fileId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { name, format, pickle_scan: pickleScan, virus_scan: virusScan } = row;
  return { name, format, pickleScan, virusScan };
}
