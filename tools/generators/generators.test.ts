/** What the generators write compiles, lints and formats, in a copy of this tree. */
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { runCommand } from '../commands/run-command.ts';
import { adapter } from './adapter.ts';
import { capability } from './capability.ts';
import { migration } from './migration.ts';
import { type Scaffold, writeScaffold } from './scaffold.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('generators', () => {
  let copy = '';
  before(async () => {
    copy = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'kura-generators-')));
    for (const name of ['src/kernel', 'src/platform', 'package.json', '.oxlintrc.json', 'biome.json', '.gitignore']) {
      await fs.cp(path.join(root, name), path.join(copy, name), { recursive: true });
    }
    const settings: unknown = JSON.parse(await fs.readFile(path.join(root, 'tsconfig.json'), 'utf8'));
    assert.ok(typeof settings === 'object');
    // Only what was generated, and through its imports the platform it stands on.
    const include = ['src/domains', 'src/adapters', 'src/platform/*/*.d.ts'];
    await fs.writeFile(path.join(copy, 'tsconfig.json'), JSON.stringify({ ...settings, include }));
    await fs.symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    await fs.mkdir(path.join(copy, 'src/domains/knowledge'), { recursive: true });
    await fs.writeFile(
      path.join(copy, 'src/domains/knowledge/ports.ts'),
      'export interface NoteSource {\n  read(): string;\n}\n',
    );
  });
  after(() => fs.rm(copy, { recursive: true, force: true }));

  it('writes a capability that compiles and passes its own test', async () => {
    const made = capability('knowledge', 'reading-lists');
    await writeScaffold(copy, made);
    await assertSound(made);
  });

  it('writes an adapter that compiles and passes its own tests', async () => {
    const made = adapter('wiki-source', 'knowledge', 'NoteSource');
    await writeScaffold(copy, made);
    await assertSound(made);
  });

  it('numbers migrations in order and lists them all', async () => {
    await writeScaffold(copy, await migration(copy, 'knowledge', 'create-reading-lists'));
    const second = await migration(copy, 'knowledge', 'create-reading-notes');
    await writeScaffold(copy, second);
    const list = await fs.readFile(path.join(copy, 'src/domains/knowledge/migrations/knowledge-migrations.ts'), 'utf8');
    assert.match(
      list,
      /0001-create-reading-lists\.ts[^]*0002-create-reading-notes\.ts[^]*\[createReadingLists, createReadingNotes\]/,
    );
    await assertSound(second);
  });

  it('overwrites nothing', async () => {
    const again = capability('models', 'again');
    await writeScaffold(copy, again);
    await assert.rejects(writeScaffold(copy, again), /Already there, nothing was written/);
  });

  it('refuses a domain that does not exist and a name that is not kebab-case', () => {
    assert.throws(() => capability('cats', 'x'), /one of models, backups, knowledge; got "cats"/);
    assert.throws(() => capability('models', 'BadName'), /kebab-case/);
    assert.throws(() => adapter('x', 'models', 'lowercase'), /must name a port/);
  });

  async function assertSound({ files }: Scaffold): Promise<void> {
    const names = [...files.keys()];
    const tests = names.filter((file) => file.endsWith('.test.ts'));
    const commands: readonly (readonly string[])[] = [
      ['tsc', '--project', '.', '--pretty', 'false'],
      ['oxlint', '--type-aware', '--deny-warnings', ...names],
      ['biome', 'check', '--vcs-enabled=false', ...names],
      ...(tests.length === 0 ? [] : [[process.execPath, '--test', ...tests]]),
    ];
    for (const [command = '', ...args] of commands) {
      const { code, stdout, stderr } = await runCommand(command, args, {
        cwd: copy,
        env: { NODE_TEST_CONTEXT: undefined },
      });
      const about = `${stdout}${stderr}`.split('\n').filter((line) => !line.startsWith('src/platform/'));
      assert.ok(
        code === 0 || (command === 'tsc' && !about.some((line) => line.startsWith('src/'))),
        `${command}: ${about.join('\n')}`,
      );
    }
  }
});
