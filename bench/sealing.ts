/**
 * Sealing a file and opening it again by the command line, at all four levels, beside `age` and `openssl enc`.
 * `KURA_BENCH_MIB` says how long the file is (default 1024; 10240 for the long form: one round, 30 GiB of disk).
 * It fails when what comes back is not what went in, or when Kura needs more memory than it promises.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { type Comparison, type Contender, compare } from './harness.ts';

const run = promisify(execFile);
const folder = await mkdtemp(path.join(tmpdir(), 'kura-bench-sealing-'));
const mebibytes = Number(process.env['KURA_BENCH_MIB'] ?? 1024);
// `kura` refuses settings it does not know.
delete process.env['KURA_BENCH_MIB'];
/** Longer than this, one cold round says enough and takes long enough. */
const LONG_MEBIBYTES = 4096;
/** What docs/en/encryption.md promises, in bytes. */
const MOST_MEMORY = 150e6;
const kura = fileURLToPath(new URL('../bin/kura', import.meta.url));
const [source, sealed, opened] = [at('plain'), at('sealed'), at('opened')];

/** One way to seal and to open: the words after the program's name, for both directions. */
interface Way {
  readonly name: string;
  readonly version: string;
  readonly program: string;
  readonly seal: readonly string[];
  readonly open: readonly string[];
}

function at(name: string): string {
  return path.join(folder, name);
}
async function said(program: string, ...words: readonly string[]): Promise<string> {
  return (await run(program, words)).stdout.trim();
}
/** One sealed and one opened file at a time: the long form shall fit on a disk. */
async function clean(): Promise<void> {
  await Promise.all([sealed, opened].map(async (file) => rm(file, { force: true })));
}

async function ways(): Promise<readonly Way[]> {
  const identity = at('age.key');
  await run('age-keygen', ['-o', identity]);
  const recipient = await said('age-keygen', '-y', identity);
  const passphrase = at('passphrase');
  await writeFile(passphrase, 'correct horse battery staple');
  const home = ['--passphrase-file', passphrase, '--home', at('home')];
  const ours = (['high', 'basic', 'standard', 'maximum'] as const).map((level) => ({
    name: `kura ${level}`,
    version: 'this tree',
    program: kura,
    seal: ['encrypt', source, '--level', level, '--out', sealed, '--recipient', recipient, ...home],
    open: ['decrypt', sealed, '--level', level, '--out', opened, '--identity-file', identity, ...home],
  }));
  const cipher = ['enc', '-aes-256-ctr', '-pbkdf2', '-pass', `file:${passphrase}`];
  return [
    ...ours,
    {
      name: 'age',
      version: await said('age', '--version'),
      program: 'age',
      seal: ['-r', recipient, '-o', sealed, source],
      open: ['-d', '-i', identity, '-o', opened, sealed],
    },
    {
      name: 'openssl enc -aes-256-ctr (no authentication)',
      version: await said('openssl', 'version'),
      program: 'openssl',
      seal: [...cipher, '-in', source, '-out', sealed],
      open: [...cipher, '-d', '-in', sealed, '-out', opened],
    },
  ];
}

/** @throws when one of ours needed more than is promised. */
async function compareWithinBound(area: string, title: string, contenders: readonly Contender[]): Promise<void> {
  const long = mebibytes > LONG_MEBIBYTES;
  const once: Partial<Comparison> = long ? { rounds: 1, warmUp: false } : {};
  const report = await compare({ area, title, unit: 'MiB', units: mebibytes, contenders, ...once });
  const over = report.contenders.filter(({ name, peakBytes }) => name.startsWith('kura ') && peakBytes > MOST_MEMORY);
  const told = over.map(({ name, peakBytes }) => `${name}: ${(peakBytes / 1e6).toFixed(0)} MB`);
  if (told.length > 0) throw new Error(`more than ${MOST_MEMORY / 1e6} MB of memory at ${title}: ${told.join(', ')}`);
}

try {
  await writeFile(source, '');
  await truncate(source, mebibytes * 2 ** 20);
  const all = await ways();
  const size = `${(mebibytes / 1024).toFixed(1)} GiB`;
  const sealing = all.map(({ name, version, program, seal }) => ({
    name,
    version,
    prepare: clean,
    work: { program, args: seal },
  }));
  await compareWithinBound('sealing', `Encrypt ${size}`, sealing);
  const opening = all.map(({ name, version, program, seal, open }) => ({
    name,
    version,
    async prepare() {
      await clean();
      await run(program, seal);
    },
    work: { program, args: open },
    async check() {
      await run('cmp', [source, opened]);
    },
  }));
  await compareWithinBound('sealing-opened', `Decrypt ${size}`, opening);
} finally {
  await rm(folder, { recursive: true, force: true });
}
