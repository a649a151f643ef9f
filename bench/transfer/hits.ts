/** How often the address asked for, whose every use counts against an account, is asked for one file. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { program, transfer } from './contest.ts';
import type { Source } from './make-source.ts';
import { aria2c } from './peers.ts';

export async function measureHits({ server, large, out }: Source): Promise<void> {
  const path = `/api/download/${large.name}`;
  const url = server.http + path;
  const file = join(out, 'file.bin');
  await server.hits();
  await transfer({ urls: [url], out: file, sha256: large.sha256, connections: 8 });
  const kura = (await server.hits()).get(path) ?? 0;
  await program('aria2c', [aria2c(url, file, { connections: 8 })], file).run();
  const aria2 = (await server.hits()).get(path) ?? 0;
  await rm(file, { force: true });
  console.log('\n## Requests to the address asked for, one file over 8 connections\n');
  console.log(`- kura ${kura} (asked 1): ${kura === 1 ? 'met' : 'NOT MET'}; aria2c -x8 ${aria2}`);
}
