/**
 * Works out the hashes of the files too big to hash while a client waits (`main.ts --record-hashes`).
 * Entries are keyed by content, so a stale one is never used.
 */
import { writeFileSync } from 'node:fs';

import { type FileHashes, hashContent } from '../files/file-hashes.ts';
import { buildCatalogue, eagerLimit } from './catalogue.ts';

/** Rewrites `recorded-hashes.json`; returns the number of files recorded. */
export async function recordHashes(): Promise<number> {
  const catalogue = buildCatalogue({ seed: 'kura', today: 0, extraModels: 0, realModels: [] });
  const big = catalogue.models
    .flatMap((model) => model.versions.flatMap((version) => version.files))
    .map((file) => file.content())
    .filter((content) => content.size > eagerLimit);
  const entries: [string, FileHashes][] = [];
  for (const content of big) entries.push([content.fingerprint, await hashContent(content)]);
  const json = JSON.stringify(Object.fromEntries(entries), null, 2);
  writeFileSync(new URL('recorded-hashes.json', import.meta.url), `${json}\n`);
  return entries.length;
}
