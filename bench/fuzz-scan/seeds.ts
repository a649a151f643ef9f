/** What inputs are made of: files of every format, good ones and dangerous ones, small enough to be scanned in a millisecond. */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync, zstdCompressSync } from 'node:zlib';

import { KIB } from '#kernel/units';

import { goodFiles } from '../../src/engines/modelscan/testing/fuzz-corpus.ts';
import { goodSafetensors, torchZip, writeTar } from '../../src/engines/modelscan/testing/model-writer.ts';
import { writeZip } from '../../src/engines/modelscan/testing/zip-writer.ts';

export type Seed = readonly [name: string, content: Buffer];

const LARGEST = 20 * KIB;
const testing = new URL('../../src/engines/modelscan/testing/', import.meta.url);

const nested: readonly Seed[] = [
  ['a.pkl.zst', zstdCompressSync(Buffer.from('cos\nsystem\n(S"a"\ntR.'))],
  ['a.zip', writeZip([{ name: 'a.pt', content: torchZip(), deflate: true }])],
  [
    'b.tar',
    writeTar([
      { name: 'a.pt', content: torchZip() },
      { name: 'b.safetensors', content: goodSafetensors() },
    ]),
  ],
];

export const seeds: readonly Seed[] = [
  ...goodFiles,
  ...nested,
  ...['joblib-files', '7z-files', 'hdf5-files'].flatMap(filesIn),
].filter(([, content]) => content.length <= LARGEST);

function filesIn(folder: string): readonly Seed[] {
  const place = new URL(`${folder}/`, testing);
  return readdirSync(place)
    .filter((name) => !/\.(?:py|md|json)$/.test(name))
    .map((name): Seed => {
      const content = readFileSync(new URL(name, place));
      return name.endsWith('.h5.gz') ? [name.slice(0, -'.gz'.length), gunzipSync(content)] : [name, content];
    });
}
