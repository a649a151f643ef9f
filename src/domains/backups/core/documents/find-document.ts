import { KuraError } from '#kernel/errors';
import type { ReadTables } from '#platform/db';

import type { StoredDocument } from '../../contract/index.ts';
import { findDocument } from '../../store/documents/document-store.ts';
import type { DocumentTables } from '../../store/documents/document-tables.ts';

/** A report whose file is still there. @throws KuraError `backups.document-not-found`, `backups.document-removed`. */
export async function requireKept(reads: ReadTables<DocumentTables>, id: string): Promise<StoredDocument> {
  const document = await findDocument(reads, id);
  if (document === undefined) throw new KuraError('not-found', 'backups.document-not-found', { params: { id } });
  if (document.removedAt !== null) {
    const params = { name: document.name, at: document.removedAt };
    throw new KuraError('not-found', 'backups.document-removed', { params });
  }
  return document;
}
