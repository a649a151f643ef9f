/** Plugins from their folder to the verdict: allowed for the bytes somebody saw, never milder, never silent. */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'node:test';

import { pluginScanners } from '#adapters/plugin-scanner';
import { systemClock, systemRandom } from '#kernel/clock';
import { createIdSource } from '#kernel/ids';
import type { ExternalScan, FileToScan } from '#models/ports';
import { createScriptSandbox } from '#platform/isolation';
import { createPlugins, type Plugins, pluginMigrations, pluginProbe } from '#platform/plugins';
import { auditMigrations, createUnitOfWork } from '#platform/unit-of-work';
import { forEachDatabase } from '#stand-ins/databases';

import { writeSafetensors } from '../../src/engines/modelscan/testing/model-writer.ts';

const never = new AbortController().signal;
const admin = { kind: 'user', id: 'a', name: 'admin' } as const;
const sample = join(import.meta.dirname, '../../docs/plugins/studio-rules');
const file: FileToScan = { name: 'hero_face_v2.safetensors', format: 'safetensors', verdict: 'clean', findings: [] };

const sandbox = createScriptSandbox();
after(() => sandbox[Symbol.asyncDispose]());

forEachDatabase((databases) => {
  let folder = '';
  let plugins: Plugins;
  let stack: AsyncDisposableStack;
  beforeEach(async () => {
    stack = new AsyncDisposableStack();
    folder = await mkdtemp(join(tmpdir(), 'kura-plugins-'));
    const database = stack.use(await databases.open([...auditMigrations, ...pluginMigrations]));
    const unitOfWork = createUnitOfWork({
      database,
      clock: systemClock,
      ids: createIdSource(systemClock, systemRandom),
      jobs: { enqueue: () => assert.fail() },
      events: { publish: () => assert.fail() },
    });
    plugins = createPlugins({ folder: join(folder, 'plugins'), database, unitOfWork, clock: systemClock });
  });
  afterEach(async () => {
    await stack.disposeAsync();
    await rm(folder, { recursive: true, force: true });
  });

  async function put(id: string, source: string, changes: object = {}): Promise<void> {
    await mkdir(join(folder, 'plugins', id), { recursive: true });
    const name = { en: id, ja: id };
    const manifest = { id, name, version: '1.0.0', kind: 'security-scanner', entry: 'main.js', ...changes };
    await writeFile(join(folder, 'plugins', id, 'plugin.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'plugins', id, 'main.js'), source);
  }
  async function allow(id: string): Promise<void> {
    const found = (await plugins.list()).find((one) => one.id === id);
    await plugins.enable(id, found?.files?.digest ?? '', admin);
  }
  async function scan(bytes: Buffer | string, known: Partial<FileToScan> = {}): Promise<readonly ExternalScan[]> {
    const path = join(folder, 'model');
    await writeFile(path, bytes);
    const scanners = await pluginScanners(plugins, sandbox);
    return Promise.all(scanners.map((one) => one.scan(path, never, { ...file, ...known })));
  }
  async function stateOf(id: string): Promise<string | undefined> {
    return (await plugins.list()).find((one) => one.id === id)?.state;
  }

  it('the sample finds what the studio does not want', async () => {
    await cp(sample, join(folder, 'plugins', 'studio-rules'), { recursive: true });
    assert.deepEqual(await scan('nobody has allowed it'), []);
    await allow('studio-rules');
    const tensors = { a: { dtype: 'U8', shape: [1], data_offsets: [0, 1] } };
    const clean = writeSafetensors(tensors, 1);
    assert.deepEqual((await scan(clean))[0], {
      scanner: 'plugin:studio-rules',
      result: 'clean',
      findings: [],
      reason: null,
      isolation: 'quickjs',
    });
    const named = writeSafetensors({ __metadata__: { note: '社外秘' }, ...tensors }, 1);
    const [found] = await scan(named, { name: 'Final FINAL.safetensors' });
    assert.deepEqual(
      [found?.result, found?.findings.map(({ rule }) => rule)],
      ['suspicious', ['studio.name', 'studio.word']],
    );
    const [unread] = await scan('\xff\xff\xff');
    assert.deepEqual([unread?.result, unread?.reason?.code], ['not-scanned', 'plugins.failed.threw']);
  });

  it('sees what it was allowed to see, and is asked again when that changes', async () => {
    const source = 'export const scan = (input) => { throw new Error(Object.keys(input).sort().join()); };';
    await put('nosy', source);
    await put('wide', source, { permissions: ['name', 'ends', 'findings'] });
    await allow('nosy');
    await allow('wide');
    const said = (await scan('x')).map(({ reason }) => reason?.params['detail']);
    assert.deepEqual(said, ['Error: format,sizeBytes', 'Error: findings,format,head,name,sizeBytes,tail,verdict']);
    const [nosy, wide] = await pluginScanners(plugins, sandbox);
    const other = { ...file, name: 'other' };
    assert.equal(await nosy?.version(file), await nosy?.version(other));
    assert.notEqual(await wide?.version(file), await wide?.version(other));
  });

  it('whose bytes are not those that were allowed is not asked, and every file says so', async () => {
    await put('rule', 'export const scan = () => ({ findings: [] });');
    const seen = (await plugins.list())[0]?.files?.digest ?? '';
    await put('rule', 'export const scan = () => ({ findings: [ ] });');
    await assert.rejects(plugins.enable('rule', seen, admin), { code: 'plugins.other-bytes' });
    await allow('rule');
    assert.equal((await scan('x'))[0]?.result, 'clean');
    await put('rule', 'export const scan = () => ({ findings: [] }); // changed');
    assert.equal(await stateOf('rule'), 'changed');
    const [silent] = await scan('x');
    assert.deepEqual([silent?.result, silent?.reason?.params['state']], ['not-scanned', 'changed']);
    assert.equal((await pluginProbe(plugins).run(never)).state, 'degraded');
    await rm(join(folder, 'plugins'), { recursive: true });
    assert.deepEqual([await stateOf('rule'), (await scan('x'))[0]?.result], ['missing', 'not-scanned']);
    await plugins.disable('rule', admin).catch((error: unknown) => assert.fail(String(error)));
    assert.deepEqual(await scan('x'), []);
  });

  it('that fails five times in a row is asked no more until somebody allows it again; one good run counts anew', async () => {
    await put(
      'weak',
      "export const scan = ({ format }) => { if (format === 'bad') throw 1; return { findings: [] }; };",
    );
    await allow('weak');
    for (let run = 0; run < 4; run += 1) await scan('x', { format: 'bad' });
    await scan('x');
    for (let run = 0; run < 5; run += 1) {
      assert.equal(await stateOf('weak'), 'on');
      assert.equal((await scan('x', { format: 'bad' }))[0]?.result, 'not-scanned');
    }
    assert.equal(await stateOf('weak'), 'tripped');
    assert.equal((await scan('x'))[0]?.reason?.code, 'plugins.not-on');
    await allow('weak');
    assert.equal((await scan('x'))[0]?.result, 'clean');
  });

  it('whose answer is anything but findings has not looked', async () => {
    const answers = [
      "{ verdict: 'clean' }",
      "{ findings: [], verdict: 'clean' }",
      "{ findings: [{ rule: 'a', severity: 'clean', message: '' }] }",
      "{ findings: [{ rule: '../a', severity: 'dangerous', message: '' }] }",
      "{ findings: Array(51).fill({ rule: 'a', severity: 'dangerous', message: '' }) }",
      'null',
    ];
    for (const [index, answer] of answers.entries()) {
      await put('odd', `export const scan = () => (${answer}); // ${index}`);
      await allow('odd');
      const [scanned] = await scan('x');
      assert.deepEqual([scanned?.result, scanned?.reason?.code], ['not-scanned', 'plugins.failed.shape'], answer);
    }
  });

  it('that is no plugin is shown as broken and cannot be allowed', async () => {
    const secret = join(folder, 'secret.js');
    await writeFile(secret, 'export const scan = () => ({ findings: [] });');
    await put('path', '', { entry: '../secret.js' });
    await put('other', '', { id: 'else' });
    await put('extra', '', { hooks: ['download'] });
    await put('large', ' '.repeat(300_000));
    await put('link', '');
    await rm(join(folder, 'plugins/link/main.js'));
    await symlink(secret, join(folder, 'plugins/link/main.js'));
    await mkdir(join(folder, 'plugins', 'empty'));
    const found = await plugins.list();
    assert.deepEqual(
      found.map(({ id, state }) => [id, state]),
      ['empty', 'extra', 'large', 'link', 'other', 'path'].map((id) => [id, 'broken']),
    );
    await assert.rejects(plugins.enable('link', '0'.repeat(64), admin), { code: 'plugins.unreadable' });
    await assert.rejects(plugins.enable('nobody', '0'.repeat(64), admin), { code: 'plugins.not-found' });
  });
});

describe('the sample', () => {
  it('asks for what it uses', async () => {
    const manifest = JSON.parse(await readFile(join(sample, 'plugin.json'), 'utf8')) as { permissions: unknown };
    assert.deepEqual(manifest.permissions, ['name', 'ends']);
  });
});
