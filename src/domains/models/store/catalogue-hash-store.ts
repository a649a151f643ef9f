/** Which files of the catalogue a digest names. */
import type { Database } from '#platform/db';

import type { CatalogueTables } from './catalogue-tables.ts';

export interface CatalogueFileByHash {
  readonly modelId: number;
  readonly modelName: string;
  readonly versionId: number;
  readonly versionName: string;
  readonly fileId: number;
  readonly name: string;
  readonly sizeBytes: number | null;
  /** By which digest it was found: sha256, autoV2, crc32, …. */
  readonly algorithm: string;
}

/**
 * By a digest of any algorithm, whatever its case. The site writes CRC32 byte-reversed (civitai-api.md §4.5): both
 * orders name the file.
 */
export async function catalogueFilesByHash(
  database: Database,
  digest: string,
): Promise<readonly CatalogueFileByHash[]> {
  const lower = digest.trim().toLowerCase();
  return database
    .tables<CatalogueTables>()
    .selectFrom('catalogue_hashes as hash')
    .innerJoin('catalogue_files as file', (join) =>
      join.onRef('file.version_id', '=', 'hash.version_id').onRef('file.file_id', '=', 'hash.file_id'),
    )
    .innerJoin('catalogue_versions as version', 'version.version_id', 'hash.version_id')
    .innerJoin('catalogue_models as model', 'model.model_id', 'version.model_id')
    .select([
      'model.model_id as modelId',
      'model.name as modelName',
      'version.version_id as versionId',
      'version.name as versionName',
      'file.file_id as fileId',
      'file.name as name',
      'file.size_bytes as sizeBytes',
      'hash.algorithm as algorithm',
    ])
    .where((row) =>
      row.or([
        row('hash.digest', '=', lower),
        row.and([row('hash.algorithm', '=', 'crc32'), row('hash.digest', '=', byteReversed(lower))]),
      ]),
    )
    .orderBy('version.version_id')
    .orderBy('file.file_id')
    .orderBy('hash.algorithm')
    .execute();
}

/** The same checksum with its bytes in the other order. */
export function byteReversed(digest: string): string {
  return digest.match(/../g)?.reverse().join('') ?? digest;
}
