/** A server that gives each connection 20 MB/s. */
import { join } from 'node:path';

import { MIB } from '#kernel/units';

import { contest, named, ours, printRatio, printStandings, program } from './contest.ts';
import { type Source, writeRandomFile } from './make-source.ts';
import { aria2c, curl } from './peers.ts';

const ROUNDS = 3;

export async function measureLimitedLine({ server, root, out }: Source): Promise<void> {
  const served = await writeRandomFile(root, 'limited.bin', 320 * MIB);
  const url = `${server.http}/limited/${served.name}`;
  const file = join(out, 'file.bin');
  const { sha256 } = served;
  const entrants = [8, 16].flatMap((connections) => [
    ours(`kura, ${connections} connections`, { urls: [url], out: file, sha256, connections }),
    program(`aria2c -x${connections}, unverified`, [aria2c(url, file, { connections })], file),
  ]);
  const alone = program('curl', [curl(url, file)], file);
  const standings = await contest([...entrants, alone], ROUNDS, server.pid);
  printStandings('320 MiB, 20 MB/s per connection', standings, served.sizeBytes / 1e6);
  console.log('');
  for (const connections of [8, 16]) {
    const kura = named(standings, `kura, ${connections} connections`);
    const peer = named(standings, `aria2c -x${connections}, unverified`);
    printRatio(`time with ${connections} connections against aria2c`, kura.seconds / peer.seconds, { atMost: 1 });
  }
}
