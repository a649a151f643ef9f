/** What a file is that nobody published: by its content, as far as that is sure. */
import { factsVersion } from '#engines/modelscan';
import type { Database } from '#platform/db';

import { findFileFacts } from '../../store/file-facts-store.ts';
import type { FileOrigin } from '../../store/scan-store.ts';
import { SURE } from '../downloads/placeable.ts';
import { kindNamed } from '../vocabulary/model-kinds.ts';

/** The site's word for what has no type of its own. */
const UNTOLD = 'Other';

export async function contentOrigin(
  database: Database,
  { modelName, sha256 }: { readonly modelName: string; readonly sha256: string },
): Promise<FileOrigin> {
  const facts = (await findFileFacts(database, sha256, factsVersion))?.facts;
  const kind = facts?.kind ?? null;
  const base = facts?.base ?? null;
  return {
    modelName,
    type: (kind !== null && kind.confidence >= SURE ? kindNamed(kind.id)?.apiType : null) ?? UNTOLD,
    baseModel: base !== null && base.confidence >= SURE ? (facts?.baseName ?? null) : null,
    modelId: null,
    versionId: null,
    fileId: null,
    trainedWords: facts?.trainedWords ?? [],
  };
}
