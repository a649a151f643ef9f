/** `kura encrypt`, `decrypt` and `secrets`, and what the tools of others make of the result. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';

import { newIdentity, recipientOf, sealingLevels, sealingMessages } from '#engines/sealing';
import { systemClock, systemRandom } from '#kernel/clock';
import { defineCommand } from '#platform/cli';
import { createCommandRunner } from '#platform/cli/testing';
import { type Database, openDatabase } from '#platform/db';
import {
  type ProtectionServices,
  protectionCommands,
  protectionMessages,
  withProtectedFiles,
} from '#platform/protection';
import {
  createStoredSecrets,
  finishMasterKeyChange,
  openSecrets,
  secretsMessages,
  secretsMigrations,
} from '#platform/secrets';
import { createTestPlatform, writeMigrations } from '#platform/unit-of-work/testing';
import { unlessInstalled } from '#stand-ins/child-server';

const noteTexts = {
  'cli.note': '',
  'cli.note.write': '',
  'cli.note.write.path': '',
  'cli.note.read': '',
  'cli.note.read.path': '',
};
const noteMessages = { en: noteTexts, ja: noteTexts };
const { runCommand } = createCommandRunner([sealingMessages, secretsMessages, protectionMessages, noteMessages]);
const run = promisify(execFile);

const define = defineCommand<ProtectionServices>();

/** Stand for every command of the product that exports and imports. */
function noteCommands() {
  const input = z.strictObject({ path: z.string() });
  const argument = { arguments: [{ name: 'path', required: true }], input };
  async function* pieces() {
    yield 'pieces ';
    yield Buffer.from('of note');
  }
  const write = define({
    ...argument,
    words: ['note', 'write'],
    saves: true,
    async run({ path }, { save, out }) {
      const saved = await save(path, pieces());
      out.result(saved, () => saved.file);
      return 0;
    },
  });
  const read = define({
    ...argument,
    words: ['note', 'read'],
    reads: true,
    async run({ path }, { read: readFrom, out }) {
      const text = Buffer.from(await readFrom(path)).toString('utf8');
      out.result(text, () => text);
      return 0;
    },
  });
  return [write, read].map((command) => withProtectedFiles(command, async ({ open }) => await open()));
}

describe('kura encrypt and decrypt', () => {
  let folder: string;
  let database: Database;
  let escrow: readonly string[];
  beforeEach(async () => {
    escrow = [];
    folder = await mkdtemp(join(tmpdir(), 'kura-encrypt-'));
    database = await openDatabase({ url: `sqlite:${place('kura.db')}`, clock: systemClock, random: systemRandom });
    await database.migrate([...writeMigrations, ...secretsMigrations]);
    await writeFile(place('plain.txt'), '秘密の本文');
    await writeFile(place('passphrase'), '正しい馬の電池とホチキス\n');
  });
  afterEach(async () => {
    await database[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  function place(name: string): string {
    return join(folder, name);
  }
  async function open(): Promise<ProtectionServices> {
    const random = systemRandom;
    const storedSecrets = await createStoredSecrets({ folder: place('secrets'), configured: undefined, random });
    const platform = createTestPlatform(database, {});
    const secrets = await openSecrets({ ...platform, random, master: () => storedSecrets.master() });
    await finishMasterKeyChange({ secrets, storedSecrets }, { kind: 'system', id: 'kura', name: 'Kura' });
    return { secrets, storedSecrets, random, clock: systemClock, escrow: () => escrow };
  }
  function kura(words: readonly string[], language: 'en' | 'ja' = 'en') {
    const commands = protectionCommands(() => place('secrets'));
    return runCommand(commands, words, { open, language });
  }
  async function done(...words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const { code, stdout, stderr } = await kura([...words, '--json']);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  }
  function passphrase(): readonly string[] {
    return ['--passphrase-file', place('passphrase')];
  }

  for (const level of sealingLevels) {
    it(`take a file there and back at the level ${level}`, async () => {
      const sealed = await done('encrypt', place('plain.txt'), '--level', level, ...passphrase());
      const { size } = await stat(place('plain.txt.kura'));
      assert.deepEqual(sealed, { out: place('plain.txt.kura'), level, bytes: size });
      assert.doesNotMatch(await readFile(place('plain.txt.kura'), 'latin1'), /秘密/);
      const back = ['--level', level, '--out', place('back.txt'), ...passphrase()];
      const opened = await done('decrypt', place('plain.txt.kura'), ...back);
      assert.deepEqual([opened['level'], opened['bytes']], [level, 15]);
      assert.equal(await readFile(place('back.txt'), 'utf8'), '秘密の本文');
    });
  }

  it('say in the language of the person what is wrong, by exit code too, and leave nothing', async () => {
    await done('encrypt', place('plain.txt'), '--level', 'standard', ...passphrase());
    await writeFile(place('wrong'), 'another passphrase');
    const before = await readdir(folder);
    const target = ['--out', place('back.txt')];
    const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
      [['--passphrase-file', place('wrong')], 1, /どの鍵でも開けません/],
      [[], 2, /パスフレーズが必要/],
      [['--level', 'maximum', ...passphrase()], 4, /maximum ではなく standard/],
      [['--passphrase-file', place('nowhere')], 2, /読み取れません/],
    ];
    for (const [words, code, text] of cases) {
      const refused = await kura(['decrypt', place('plain.txt.kura'), ...target, ...words], 'ja');
      assert.equal(refused.code, code, refused.stderr);
      assert.match(refused.stderr, text);
    }
    const bytes = await readFile(place('plain.txt.kura'));
    bytes[bytes.byteLength - 3] = (bytes.at(-3) ?? 0) ^ 4;
    await writeFile(place('plain.txt.kura'), bytes);
    const damaged = await kura(['decrypt', place('plain.txt.kura'), ...target, ...passphrase()]);
    assert.deepEqual([damaged.code, /is damaged/.test(damaged.stderr)], [5, true], damaged.stderr);
    const there = await kura(['encrypt', place('plain.txt'), '--level', 'basic']);
    assert.deepEqual([there.code, /already there/.test(there.stderr)], [1, true], there.stderr);
    await writeFile(place('short'), 'short');
    const weak = await kura([
      'encrypt',
      place('plain.txt'),
      '--level',
      'standard',
      '--passphrase-file',
      place('short'),
    ]);
    assert.match(weak.stderr, /too weak/);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name !== 'wrong' && name !== 'short'),
      before.filter((name) => name !== 'wrong'),
    );
  });

  it('take a passphrase typed in full width or with composed kana for the same', async () => {
    await done('encrypt', place('plain.txt'), '--level', 'standard', ...passphrase());
    await writeFile(place('passphrase'), '正しい馬の電池とホチキス'.normalize('NFKD'));
    await done('decrypt', place('plain.txt.kura'), '--out', place('back.txt'), ...passphrase());
  });

  it('open for a recipient elsewhere and for the escrow, and name the signer', async () => {
    const [friend, keeper] = [await newIdentity('x25519'), await newIdentity('x25519')];
    escrow = [await recipientOf(keeper)];
    await writeFile(place('friend.key'), `# mine\n${friend}\n`);
    await writeFile(place('keeper.key'), `${keeper}\n`);
    await done('encrypt', place('plain.txt'), '--level', 'high', '--recipient', await recipientOf(friend));
    const { signer } = await done('secrets', 'identity');
    const stranger = await kura(['decrypt', place('plain.txt.kura'), '--out', place('x')]);
    assert.equal(stranger.code, 1);
    for (const key of ['friend.key', 'keeper.key']) {
      const words = ['--identity-file', place(key), '--out', place(`${key}.txt`)];
      const opened = await done('decrypt', place('plain.txt.kura'), ...words, '--signer', String(signer));
      assert.equal(opened['signer'], signer);
    }
    const words = ['--identity-file', place('friend.key'), '--signer', '0123456789abcdef', '--out', place('x')];
    assert.equal((await kura(['decrypt', place('plain.txt.kura'), ...words])).code, 4);
  });

  it('keep opening after the master key was renewed, lost, and brought back from paper', async () => {
    await done('encrypt', place('plain.txt'), '--level', 'basic');
    await done('secrets', 'renew');
    await done('secrets', 'renew', '--data-key');
    const { code } = await done('secrets', 'kit');
    assert.equal((await kura(['secrets', 'kit'])).code, 1);
    assert.match(String(code), /^KURA1-[0-9a-f]{8}(?:-[0-9a-f]{4}){16}$/);
    await rm(place('secrets'), { recursive: true });
    const lost = await kura(['decrypt', place('plain.txt.kura'), '--out', place('back.txt')]);
    assert.equal(lost.code, 1, lost.stderr);
    await writeFile(
      place('kit'),
      String(code).replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
    );
    assert.match((await kura(['secrets', 'recover', '--kit-file', place('kit')])).stderr, /mistyped/);
    await writeFile(place('kit'), `Kura\n\n${String(code).toUpperCase().replaceAll('-', ' - ')}\n`);
    const recovered = await done('secrets', 'recover', '--kit-file', place('kit'));
    assert.equal(recovered['keys'], recovered['usable']);
    await done('decrypt', place('plain.txt.kura'), '--out', place('back.txt'));
  });

  for (const level of sealingLevels) {
    it(`are what any command does that writes and reads files of people, at the level ${level}`, async () => {
      const options = ['--protect', level, ...passphrase()];
      const written = await runCommand(noteCommands(), ['note', 'write', place('note.txt'), ...options, '--json'], {
        open,
      });
      assert.deepEqual(JSON.parse(written.stdout).file, place('note.txt.kura'), written.stderr);
      const names = await readdir(folder);
      assert.ok(names.includes('note.txt.kura') && !names.some((name) => /note\.txt$|part$/.test(name)), names.join());
      assert.doesNotMatch(await readFile(place('note.txt.kura'), 'latin1'), /of note/);
      const words = ['note', 'read', place('note.txt.kura'), ...passphrase(), '--json'];
      assert.deepEqual(JSON.parse((await runCommand(noteCommands(), words, { open })).stdout), 'pieces of note');
    });
  }

  it('leave what such a command writes in the clear where nobody asks, and open nothing with a wrong key', async () => {
    await runCommand(noteCommands(), ['note', 'write', place('note.txt')], { open });
    assert.equal(await readFile(place('note.txt'), 'utf8'), 'pieces of note');
    const plain = await runCommand(noteCommands(), ['note', 'read', place('note.txt'), '--json'], { open });
    assert.equal(JSON.parse(plain.stdout), 'pieces of note');
    const sealed = ['note', 'write', place('note.txt'), '--protect', 'standard', ...passphrase()];
    await runCommand(noteCommands(), sealed, { open });
    await writeFile(place('wrong'), 'another passphrase');
    const refused = ['note', 'read', place('note.txt.kura'), '--passphrase-file', place('wrong')];
    const { code, stdout, stderr } = await runCommand(noteCommands(), refused, { open, language: 'ja' });
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /どの鍵でも開けません/);
  });

  it('write data keys that the age tool opens', async (test) => {
    const version = await run('age', ['--version']).catch(() => undefined);
    const skip = unlessInstalled('age', version === undefined ? undefined : 'age');
    if (skip !== false) return test.skip(skip);
    await run('age-keygen', ['-o', place('age.key')]);
    const { stdout: recipient } = await run('age-keygen', ['-y', place('age.key')]);
    await done('encrypt', place('plain.txt'), '--level', 'high', '--recipient', recipient.trim());
    const bytes = await readFile(place('plain.txt.kura'));
    const length = bytes.readUInt32BE(14);
    const header = JSON.parse(bytes.subarray(18, 18 + length).toString('utf8'));
    await writeFile(place('slot.age'), Buffer.from(header.keys[0].age, 'base64'));
    await run('age', ['-d', '-i', place('age.key'), '-o', place('data.key'), place('slot.age')]);
    assert.equal((await stat(place('data.key'))).size, 32);
    const own = ['--identity-file', place('age.key'), '--out', place('back.txt')];
    await done('decrypt', place('plain.txt.kura'), ...own);
  });
});
