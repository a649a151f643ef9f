/**
 * `node test/stand-ins/civitai/catalogue/record-hashes.ts`: works out the hashes of the files too big to hash while a
 * client waits and writes them to `recorded-hashes.json`. Entries are keyed by content, so a stale one is never used.
 */
import { writeFileSync } from 'node:fs';

import { hashContent } from '../files/file-hashes.ts';
import { buildCatalogue, eagerLimit } from './catalogue.ts';

const catalogue = buildCatalogue({ seed: 'kura', today: 0, extraModels: 0, realModels: [] });
const big = catalogue.models
  .flatMap((model) => model.versions.flatMap((version) => version.files))
  .map((file) => file.content())
  .filter((content) => content.size > eagerLimit);
const entries: [string, object][] = [];
for (const content of big) entries.push([content.fingerprint, await hashContent(content)]);
writeFileSync(
  new URL('recorded-hashes.json', import.meta.url),
  `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`,
);
process.stdout.write(`${entries.length} files recorded\n`);
