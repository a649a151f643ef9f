import type { Database } from '#platform/db';

import { isHeld } from '../../store/attachment-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { AttachmentFiles } from './attachment-files.ts';

/** Takes away the bytes of those of `contents` that no entry holds by now; nobody looks for others. */
export async function dropUnheld(
  { files, database }: { readonly files: AttachmentFiles; readonly database: Database },
  contents: readonly string[],
): Promise<void> {
  await files.drop(contents, (sha256) => isHeld(database.tables<KnowledgeTables>(), sha256));
}
