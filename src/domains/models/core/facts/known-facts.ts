/** What is on record of a file of the library. */
import { type FactReason, factsVersion, type ModelFacts } from '#engines/modelscan';
import type { Database } from '#platform/db';

import { findFileFacts, publishedPrecision } from '../../store/file-facts-store.ts';
import type { LibraryFile } from '../../store/library-store.ts';
import { contradictionsOf } from './contradictions.ts';

export interface KnownFacts {
  readonly facts: ModelFacts;
  readonly contradictions: readonly FactReason[];
}

/** Null: nobody has looked at it, or it tells nothing. */
export async function knownFacts(
  { database }: { readonly database: Database },
  { sha256, type, baseModel, versionId, fileId }: LibraryFile,
): Promise<KnownFacts | null> {
  const facts = (await findFileFacts(database, sha256, factsVersion))?.facts;
  if (facts === undefined) return null;
  const isPublished = versionId !== null && fileId !== null;
  const precision = isPublished ? await publishedPrecision(database, versionId, fileId) : null;
  return { facts, contradictions: contradictionsOf(facts, { type, baseModel, precision }) };
}
