/** `kura encrypt` and `decrypt`, joined as people run them: what they promise of memory, whatever the length of a file. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

import { MIB } from '#kernel/units';

import { succeeded } from './harness/answers.ts';
import { createHome, type KuraHome } from './harness/kura-home.ts';

const run = promisify(execFile);
/** docs/en/encryption.md promises it. */
const MOST_BYTES = 150e6;
/** The level with two layers needs the most, so it gets the long file; what grows with the length shows at 64 MiB, too. */
const lengths = { basic: 0, standard: 64 * MIB, high: 64 * MIB, maximum: 320 * MIB } as const;

/** Runs within the command: says at its end how much memory it ever had, by the kernel, and from what it was started. */
const witness = `import { readFileSync, writeFileSync } from 'node:fs';
process.once('exit', () => {
  const [, kibibytes] = /^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  writeFileSync(process.env.WITNESS, JSON.stringify({ bytes: kibibytes * 1024, program: process.argv[1] }));
});`;

describe('kura encrypt and decrypt', { skip: process.platform !== 'linux' && 'asks the kernel of Linux' }, () => {
  let home: KuraHome;
  before(async () => {
    home = await createHome();
    await writeFile(home.beside('witness.mjs'), witness);
    await writeFile(home.beside('passphrase'), '正しい馬の電池とホチキス\n');
  });
  after(async () => home[Symbol.asyncDispose]());

  /** Sparse, but for what lies at its ends and across a border in its middle. */
  async function plainFile(length: number): Promise<string> {
    const path = home.beside(`plain-${length}`);
    await using file = await open(path, 'w');
    const places = length === 0 ? [] : [0, length / 2 - 30_000, length - 60_000];
    for (const at of places) await file.write(randomBytes(60_000), 0, 60_000, at);
    return path;
  }
  /** Bytes of memory that the command had at most. */
  async function memoryOf(...words: readonly string[]): Promise<number> {
    const environment = {
      WITNESS: home.beside('witnessed'),
      NODE_OPTIONS: `--import=${home.beside('witness.mjs')}`,
    };
    succeeded(await home.run([...words, '--passphrase-file', home.beside('passphrase')], { environment }));
    const { bytes, program } = JSON.parse(await readFile(home.beside('witnessed'), 'utf8'));
    const isJoined = String(program).endsWith('dist/program/main.js');
    assert.ok(isJoined, `the promise is for the joined program, and ${program} ran: was a source edited meanwhile?`);
    return Number(bytes);
  }

  for (const [level, length] of Object.entries(lengths)) {
    it(`need less than 150 MB for ${length / MIB} MiB at the level ${level}, there and back`, async () => {
      const [plain, sealed, opened] = [await plainFile(length), home.beside(level), home.beside(`${level}.back`)];
      const needed = [
        await memoryOf('encrypt', plain, '--level', level, '--out', sealed),
        await memoryOf('decrypt', sealed, '--level', level, '--out', opened),
      ];
      assert.ok(Math.max(...needed) <= MOST_BYTES, `${needed.join(' and ')} bytes`);
      await run('cmp', [plain, opened]);
    });
  }
});
