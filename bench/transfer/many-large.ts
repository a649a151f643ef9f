/** Memory of eight files at once over eight connections each. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { MIB } from '#kernel/units';

import { transfer } from './contest.ts';
import { type Source, writeRandomFile } from './make-source.ts';

const FILES = 8;

export async function measureManyLarge({ server, root, out }: Source): Promise<void> {
  const folder = join(out, 'many');
  const files = [];
  for (let index = 0; index < FILES; index += 1)
    files.push(await writeRandomFile(root, `many-${index}.bin`, 256 * MIB));
  for (const [name, base] of [
    ['plain', `${server.http}/`],
    ['plain, 20 MB/s per connection', `${server.http}/limited/`],
    ['TLS', `${server.https}/`],
  ] as const) {
    const urls = files.map((file) => base + file.name);
    const { extraBytes, seconds, sha256 } = await transfer({
      urls,
      out: folder,
      connections: 8,
      caFile: server.caFile,
    });
    await rm(folder, { recursive: true });
    if (files.some((file, index) => file.sha256 !== sha256[index])) throw new Error('wrong bytes');
    const mebibytes = extraBytes / MIB;
    const verdict = mebibytes <= 150 ? 'met' : 'NOT MET';
    console.log(`\n## 8 files × 8 connections, ${name}\n`);
    console.log(
      `- ${mebibytes.toFixed(0)} MiB above the idle process (asked ≤ 150): ${verdict}; ${seconds.toFixed(1)} s`,
    );
  }
  for (const { name } of files) await rm(join(root, name));
}
