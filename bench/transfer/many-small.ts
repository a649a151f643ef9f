/** 10,000 files of 100 kB. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { contest, type Entrant, named, printRatio, printStandings, runCommands, transfer } from './contest.ts';
import { type Source, writeRandomFile } from './make-source.ts';

const FILES = Number(process.env['KURA_BENCH_FILES'] ?? '10000');
const SIZE = 100_000;
const manner = ['-q', '--no-conf', '--file-allocation=none', '-j16'] as const;
const ROUNDS = 3;

export async function measureManySmall({ server, root, out }: Source): Promise<void> {
  const folder = join(root, 'small');
  await mkdir(folder);
  const urls: string[] = [];
  for (let index = 0; index < FILES; index += 1) {
    const { name } = await writeRandomFile(folder, `${index}.bin`, SIZE);
    urls.push(`${server.http}/small/${name}`);
  }
  const list = join(out, 'list.txt');
  await writeFile(list, urls.join('\n'));
  // A folder for each run, and none removed before the end: ext4 looks for inodes past all that were freed in the last
  // seconds, so whoever creates files just after ten thousand were removed is measured with that.
  const fresh = freshFolders(join(out, 'small'));
  const entrants: readonly Entrant[] = [
    { name: 'kura, 16 at once', run: () => transfer({ urls, out: fresh(), parallel: 16 }) },
    { name: 'aria2c -j16 -i', run: () => runCommands([['aria2c', ...manner, '-d', fresh(), '-i', list]]) },
  ];
  const standings = await contest(entrants, ROUNDS, server.pid);
  printStandings(`${FILES} files of ${SIZE / 1000} kB`, standings, (FILES * SIZE) / 1e6);
  const [kura, peer] = [named(standings, 'kura, 16 at once'), named(standings, 'aria2c -j16 -i')];
  console.log('');
  printRatio('rate against aria2c -j16', peer.seconds / kura.seconds, { atLeast: 2 });
  printRatio('CPU per file against aria2c -j16', kura.cpuSeconds / peer.cpuSeconds, { atMost: 0.5 });
}

function freshFolders(base: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${base}-${count}`;
  };
}
