import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { createLocalDiskStorage, initVault } from '#engines/vault';
import { runCommand } from '../testing/command-runner.ts';
import { makeVault, noServers, noSources, writeTree } from '../testing/open-backups.ts';
import { createTestHome, type TestHome } from '../testing/test-home.ts';
import { vaultCommands } from './vault-commands.ts';

const passphrase = 'the passphrase';

/** Passphrases are made slow to guess: where they do not matter, repositories go without. */
async function kura(home: TestHome, argv: readonly string[], secret?: string) {
  const place = argv[1] === 'signing' ? [] : ['--repo', home.at('repo')];
  const open = argv[0] === 'init' ? ['--no-encryption'] : [];
  const commands = vaultCommands({ passphrase: secret, storages: () => noServers, sources: noSources });
  const run = await runCommand(commands, ['--json', 'vault', ...argv, ...open, ...place]);
  return { ...run, document: JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '') };
}

describe('kura vault, beside backing up and restoring', () => {
  it('compares, finds, takes out, forgets and prunes', async () => {
    await using home = await createTestHome();
    const source = await writeTree(home.at('source'), { a: 'one', gone: 'x'.repeat(100_000) });
    await kura(home, ['init']);
    const first = (await kura(home, ['backup', source])).document.snapshot;
    await rm(join(source, 'gone'));
    await writeFile(join(source, 'a'), 'two');
    const second = (await kura(home, ['backup', source])).document.snapshot;

    const { added, removed, content } = (await kura(home, ['diff', first, second])).document;
    assert.deepEqual([added, removed, content], [0, 1, 1]);
    const found = await kura(home, ['find', 'gone']);
    assert.deepEqual(
      found.events.map(({ snapshot, path }) => [snapshot, path]),
      [[first, 'gone']],
    );
    assert.equal((await kura(home, ['find', 'nowhere'])).code, 1);
    await kura(home, ['dump', first, 'a', '--out', home.at('a')]);
    assert.equal(await readFile(home.at('a'), 'utf8'), 'one');
    assert.equal((await kura(home, ['ls', 'latest'])).events.length, 1);

    assert.equal((await kura(home, ['forget'])).code, 2, 'keeping nothing must be said');
    assert.equal((await kura(home, ['forget', first, '--keep-last', '1'])).code, 2);
    const hold = (await kura(home, ['hold', 'add', first, '--reason', 'case 7'])).document.hold;
    assert.equal((await kura(home, ['forget', first])).code, 4);
    assert.equal((await kura(home, ['hold', 'list'])).document.holds.length, 1);
    await kura(home, ['hold', 'lift', hold]);
    const lost = (await kura(home, ['hold', 'add', first, '--reason', 'case 8'])).document.hold;
    await rm(home.at('repo', 'holds', lost));
    assert.equal((await kura(home, ['verify'])).document.errors[0].code, 'vault.hold-missing');
    assert.deepEqual((await kura(home, ['hold', 'lift', lost])).document, { hold: lost, snapshot: first });
    const dry = await kura(home, ['forget', '--keep-last', '1', '--dry-run']);
    assert.deepEqual([dry.document.removed, dry.document.dryRun], [[first], true]);
    const done = await kura(home, ['forget', '--keep-last', '1', '--prune']);
    assert.deepEqual(done.document.removed, [first]);
    assert.ok(done.document.pruned.removedObjects > 0);
    assert.equal((await kura(home, ['prune', '--dry-run'])).document.freedBytes, 0);
    assert.equal((await kura(home, ['verify', '--read-data-subset', '1/1'])).document.coverage.neverRead.bytes, 0);
    assert.equal((await kura(home, ['stats'])).document.snapshots, 1);
    assert.deepEqual((await kura(home, ['locks'])).document.locks, []);
    assert.equal((await kura(home, ['unlock'])).code, 0);
  });

  it('copies to a second repository and heals from it', async () => {
    await using home = await createTestHome();
    const source = await writeTree(home.at('source'), { a: 'one'.repeat(1000) });
    await kura(home, ['init']);
    await kura(home, ['backup', source]);
    const other = home.at('other');
    await makeVault(other);
    assert.equal((await kura(home, ['copy', '--to', other])).document.copied.length, 1);
    assert.equal((await kura(home, ['copy', '--to', other])).document.present.length, 1);
    const packs = home.at('repo', 'packs');
    for (const name of await readdir(packs)) await rm(join(packs, name), { recursive: true });
    await rm(source, { recursive: true });
    assert.equal((await kura(home, ['repair', '--from-source'])).code, 5);
    const healed = await kura(home, ['repair', '--from', other]);
    assert.deepEqual([healed.code, healed.document.remaining], [0, []]);
    assert.equal((await kura(home, ['verify', '--read-data'])).code, 0);
  });

  it('gives, takes and changes keys, and signs', async () => {
    await using home = await createTestHome();
    const source = await writeTree(home.at('source'), { a: 'one' });
    const storage = createLocalDiskStorage({ folder: home.at('repo') });
    await initVault({ storage, encryption: 'aes256', passphrase, scryptCost: 2 });
    await writeFile(home.at('second'), 'another one');
    const adding = ['key', 'add', '--new-passphrase-file', home.at('second')];
    const { id } = (await kura(home, adding, passphrase)).document;
    assert.equal((await kura(home, ['key', 'list'], passphrase)).document.keys.length, 2);
    assert.equal((await kura(home, ['key', 'rotate'], passphrase)).document.dropped[0].id, id);
    const { code } = (await kura(home, ['key', 'recovery-kit'], passphrase)).document;
    await writeFile(home.at('paper'), code.toLowerCase());
    assert.equal((await kura(home, ['snapshots', '--passphrase-file', home.at('paper')])).code, 0);
    const { key } = (await kura(home, ['key', 'signing', '--out', home.at('writer.pem')])).document;
    await kura(home, ['backup', source, '--signing-key', home.at('writer.pem')], passphrase);
    const [snapshot] = (await kura(home, ['snapshots'], passphrase)).document.snapshots;
    assert.deepEqual(snapshot.signature, { key, valid: true });
    assert.equal((await kura(home, ['verify', '--signer', key], passphrase)).code, 0);
    assert.equal((await kura(home, ['verify', '--signer', '0'.repeat(64)], passphrase)).code, 5);
  });

  it('keeps everything where it was told to', async () => {
    await using home = await createTestHome();
    const source = await writeTree(home.at('source'), { a: 'one' });
    await kura(home, ['init', '--append-only']);
    await kura(home, ['backup', source]);
    for (const refused of [['forget', 'latest'], ['prune'], ['repair']]) {
      assert.equal((await kura(home, refused)).code, 4, refused.join(' '));
    }
  });
});
