/** Sealing a file of 1 GiB, beside `age` and `openssl enc`; each of ours in a process of its own, as theirs are. */
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { compare } from './harness.ts';

const run = promisify(execFile);
const folder = await mkdtemp(path.join(tmpdir(), 'kura-bench-sealing-'));
const megabytes = 1024;
const source = path.join(folder, 'plain');
const keys = path.join(folder, 'age.key');
const sealer = fileURLToPath(new URL('./sealing/seal.ts', import.meta.url));

function at(name: string): string {
  return path.join(folder, name);
}
async function version(program: string, ...words: readonly string[]): Promise<string> {
  return (await run(program, words)).stdout.trim();
}
function clean(name: string) {
  return async () => rm(at(name), { force: true });
}

try {
  await writeFile(source, '');
  await truncate(source, megabytes * 2 ** 20);
  await run('age-keygen', ['-o', keys]);
  const recipient = await version('age-keygen', '-y', keys);
  const signer = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  await writeFile(at('signer'), signer);
  await writeFile(at('passphrase'), 'correct horse battery staple');
  const ours = (['high', 'maximum'] as const).map((level) => ({
    name: `kura ${level}`,
    version: 'this tree',
    prepare: clean(level),
    work: { program: process.execPath, args: [sealer, level, source, at(level), recipient, folder] },
  }));
  await compare({
    area: 'sealing',
    title: 'Encrypt 1 GiB',
    unit: 'MiB',
    units: megabytes,
    contenders: [
      ...ours,
      {
        name: 'age',
        version: await version('age', '--version'),
        prepare: clean('age'),
        work: { program: 'age', args: ['-r', recipient, '-o', at('age'), source] },
      },
      {
        name: 'openssl enc -aes-256-ctr (no authentication)',
        version: await version('openssl', 'version'),
        prepare: clean('openssl'),
        work: {
          program: 'openssl',
          args: [
            'enc',
            '-aes-256-ctr',
            '-pbkdf2',
            '-pass',
            `file:${at('passphrase')}`,
            '-in',
            source,
            '-out',
            at('openssl'),
          ],
        },
      },
    ],
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
