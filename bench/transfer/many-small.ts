/** 10,000 files of 100 kB. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { contest, named, ours, printRatio, printStandings, program } from './contest.ts';
import { type Source, writeRandomFile } from './make-source.ts';

const FILES = Number(process.env['KURA_BENCH_FILES'] ?? '10000');
const SIZE = 100_000;
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
  const target = join(out, 'small');
  const aria2 = ['-q', '--no-conf', '--file-allocation=none', '-j16', '-d', target, '-i', list] as const;
  const entrants = [
    ours('kura, 16 at once', { urls, out: target, parallel: 16 }),
    program('aria2c -j16 -i', [['aria2c', ...aria2]], target),
  ];
  const standings = await contest(entrants, ROUNDS, server.pid);
  printStandings(`${FILES} files of ${SIZE / 1000} kB`, standings, (FILES * SIZE) / 1e6);
  const [kura, peer] = [named(standings, 'kura, 16 at once'), named(standings, 'aria2c -j16 -i')];
  console.log('');
  printRatio('rate against aria2c -j16', peer.seconds / kura.seconds, { atLeast: 2 });
}
