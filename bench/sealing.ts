/** Sealing a file of 1 GiB by the command line, beside `age` and `openssl enc`. */
import { execFile } from 'node:child_process';
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
const kura = fileURLToPath(new URL('../bin/kura', import.meta.url));

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
  await writeFile(at('passphrase'), 'correct horse battery staple');
  const keyOptions = ['--passphrase-file', at('passphrase'), '--recipient', recipient, '--home', at('home')];
  const ours = (['high', 'basic', 'standard', 'maximum'] as const).map((level) => ({
    name: `kura ${level}`,
    version: 'this tree',
    prepare: clean(level),
    work: { program: kura, args: ['encrypt', source, '--level', level, '--out', at(level), ...keyOptions] },
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
