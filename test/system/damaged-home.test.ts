import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { KIB } from '#kernel/units';

import { documentOf, knowledgeImport, knowledgeSearch, succeeded } from './harness/answers.ts';
import { assertDatabaseSound, createHome, type KuraHome } from './harness/kura-home.ts';
import { assertTold } from './harness/messages.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

async function importNotes(home: KuraHome, count: number): Promise<string> {
  const file = home.beside(`${count}-notes.jsonl`);
  const lines = Array.from({ length: count }, (_, id) =>
    JSON.stringify({ id, title: `note ${id}`, type: 'incident', body: 'what was learned '.repeat(20) }),
  );
  await writeFile(file, lines.join('\n'));
  return file;
}

async function totalOf(home: KuraHome): Promise<number> {
  return documentOf(succeeded(await home.run(['knowledge', 'search', 'learned', '--json'])), knowledgeSearch).total;
}

describe('a data directory that is not in order', () => {
  it('names the unknown variable and the one that was meant', async () => {
    await using home = await createHome({ KURA_CIVITAI_ULR: 'http://127.0.0.1:9' });
    await assertTold(home, ['db', 'check'], {
      code: 2,
      en: /KURA_CIVITAI_ULR.*KURA_CIVITAI_URL/,
      ja: /KURA_CIVITAI_ULR.*KURA_CIVITAI_URL/,
    });
  });

  it('names file and line of a kura.yaml that cannot be read, and starts nothing', async () => {
    await using home = await createHome();
    await mkdir(home.path);
    await writeFile(join(home.path, 'kura.yaml'), 'port: 1\nhost: "open\n');
    await assertTold(home, ['db', 'check'], { code: 2, en: /kura\.yaml.*line 3/, ja: /kura\.yaml.*line 3/ });
    await writeFile(join(home.path, 'kura.yaml'), 'downloads:\n  conections: 3\nport: many\n');
    await assertTold(home, ['db', 'check'], {
      code: 2,
      en: /2 mistake[^]*downloads\.conections.*downloads\.connections[^]*port/,
      ja: /2 件の誤り[^]*downloads\.conections.*downloads\.connections[^]*port/,
    });
  });

  it('says that a database is none, and leaves it as it is', async () => {
    await using home = await createHome();
    await mkdir(home.path);
    const noise = Buffer.from('not a database '.repeat(4000));
    await writeFile(join(home.path, 'kura.db'), noise);
    await assertTold(home, ['knowledge', 'search', 'x'], {
      code: 1,
      en: /kura\.db cannot be opened/,
      ja: /kura\.db を開けません/,
    });
    assert.deepEqual(await readFile(join(home.path, 'kura.db')), noise);
  });

  it('finds damage inside a database and exits with 5', async () => {
    await using home = await createHome();
    succeeded(await home.run(['knowledge', 'import', await importNotes(home, 2000), '--json']));
    await using file = await open(join(home.path, 'kura.db'), 'r+');
    const { size } = await file.stat();
    // Pages in the middle: tables and indexes, not the schema.
    for (let at = Math.floor(size / 2); at < size - 64 * KIB; at += 64 * KIB) {
      await file.write(Buffer.alloc(4 * KIB, 0xa5), 0, 4 * KIB, at - (at % (4 * KIB)));
    }
    const result = await home.run(['db', 'check', '--json']);
    assert.equal(result.code, 5, result.stderr);
    const { findings } = JSON.parse(result.stdout) as { findings: unknown[] };
    assert.ok(findings.length > 0);
  });

  it('says which folder it may not use', { skip: isRoot ? false : 'only root can act as somebody else' }, async () => {
    await using home = await createHome();
    await chmod(home.beside(), 0o755);
    await mkdir(home.path, { mode: 0o755 });
    const path = new RegExp(home.path);
    await assertTold(home, ['db', 'check'], { code: 1, en: path, ja: path }, { uid: nobody });
    await chmod(home.path, 0o700);
    await assertTold(home, ['db', 'check'], { code: 2, en: path, ja: path }, { uid: nobody });
    await chown(home.path, nobody, nobody);
    succeeded(await home.run(['db', 'check'], { uid: nobody }));
  });

  it('keeps what was stored when the disk is full, and goes on when there is space again', {
    skip: isRoot ? false : 'only root can mount a small disk',
  }, async (context) => {
    await using home = await createHome();
    await mkdir(home.path);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', home.path], { stdio: 'pipe' });
    } catch {
      context.skip('mounting is not allowed here');
      return;
    }
    try {
      succeeded(await home.run(['knowledge', 'import', await importNotes(home, 100), '--json']));
      const many = await importNotes(home, 10_000);
      const full = { code: 1, en: /disk with the database is full/, ja: /ディスクに空きがありません/ };
      await assertTold(home, ['knowledge', 'import', many], full);
      await assertDatabaseSound(home);
      assert.ok((await totalOf(home)) >= 100);
      execFileSync('mount', ['-o', 'remount,size=200m', home.path]);
      const { imported } = documentOf(
        succeeded(await home.run(['knowledge', 'import', many, '--json'])),
        knowledgeImport,
      );
      assert.ok(imported > 0);
      assert.equal(await totalOf(home), 10_000);
      await assertDatabaseSound(home);
    } finally {
      execFileSync('umount', [home.path]);
    }
  });
});
