/** What decides about the folder of a file: the site's words, and its content where those say nothing. */
import { factsVersion } from '#engines/modelscan';
import type { Database } from '#platform/db';

import { findFileFacts } from '../../store/file-facts-store.ts';
import { isUntold, type Placeable } from './layouts.ts';
import { modelTypeOf, type WantedFile } from './wanted-file.ts';

/** Below this, a file stays where things of no kind go. */
export const SURE = 0.75;

export async function placeableOf(database: Database, wanted: WantedFile): Promise<Placeable> {
  const { type: fileType, format, hashes } = wanted.file;
  return withProvenKind(database, { modelType: modelTypeOf(wanted), fileType, format }, hashes.sha256);
}

/** With what the content says, where the site's words say nothing. */
export async function withProvenKind(database: Database, told: Placeable, sha256: string | null): Promise<Placeable> {
  // Known before the download only when the same bytes were looked into under another name.
  if (!isUntold(told) || sha256 === null) return told;
  const kind = (await findFileFacts(database, sha256, factsVersion))?.facts?.kind;
  return kind === undefined || kind === null || kind.confidence < SURE ? told : { ...told, kind: kind.id };
}
