/** Certificates as rows: what was signed is kept as it was. */
import type { ReadTables, Tables } from '#platform/db';

import type { Certificate } from '../../contract/index.ts';
import type { MediaTables } from './media-tables.ts';

type Reads = ReadTables<MediaTables>;

export async function insertCertificate(
  tables: Tables<MediaTables>,
  mediumId: string,
  { id, kind, at, document, sha256, signature, keyId, publicKey }: Certificate,
): Promise<void> {
  const key = { key_id: keyId, public_key: publicKey };
  await tables
    .insertInto('backup_media_certificates')
    .values({ id, medium_id: mediumId, kind, at, document, sha256, signature, ...key })
    .execute();
}

/** Oldest first. */
export async function listCertificates(reads: Reads, mediumId: string): Promise<readonly Certificate[]> {
  const rows = await withMedia(reads).where('certificate.medium_id', '=', mediumId).orderBy('certificate.at').execute();
  return rows.map(certificateOf);
}

export async function findCertificate(reads: Reads, id: string): Promise<Certificate | undefined> {
  const row = await withMedia(reads).where('certificate.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : certificateOf(row);
}

function withMedia(reads: Reads) {
  return reads
    .selectFrom('backup_media_certificates as certificate')
    .innerJoin('backup_media', 'backup_media.id', 'certificate.medium_id')
    .selectAll('certificate')
    .select('backup_media.label');
}

type Row = Awaited<ReturnType<ReturnType<typeof withMedia>['executeTakeFirstOrThrow']>>;

function certificateOf(row: Row): Certificate {
  const { id, label, kind, at, document, sha256, signature, key_id: keyId, public_key: publicKey } = row;
  return { id, label, kind, at, document, sha256, signature, keyId, publicKey };
}
