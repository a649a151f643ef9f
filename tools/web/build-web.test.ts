import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { buildWeb } from './build-web.ts';

describe('buildWeb', () => {
  let folder = '';
  before(async () => {
    folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'kura-web-')));
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    await fs.symlink(path.resolve(import.meta.dirname, '../../node_modules'), path.join(folder, 'node_modules'));
    await fs.writeFile(path.join(folder, '.gitignore'), '/node_modules\n/web/dist/\n');
    await fs.writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  });
  after(() => fs.rm(folder, { recursive: true, force: true }));

  it('builds once for the same content, again when a source changes, and says when there is nothing to build', async () => {
    assert.equal(await buildWeb(folder), 'absent');
    await fs.mkdir(path.join(folder, 'web'));
    await fs.writeFile(path.join(folder, 'web/vite.config.ts'), 'export default {};\n');
    await fs.writeFile(path.join(folder, 'web/index.html'), '<script type="module" src="./main.ts"></script>\n');
    await fs.writeFile(path.join(folder, 'web/main.ts'), 'document.title = "one";\n');
    assert.equal(await buildWeb(folder), 'built');
    assert.equal(await buildWeb(folder), 'fresh');
    await fs.writeFile(path.join(folder, 'web/main.ts'), 'document.title = "two";\n');
    assert.equal(await buildWeb(folder), 'built');
    const assets = await fs.readdir(path.join(folder, 'web/dist/assets'));
    assert.match(await fs.readFile(path.join(folder, 'web/dist/assets', assets[0] ?? ''), 'utf8'), /two/);
  });

  it('builds again after a build that failed', async () => {
    await fs.writeFile(path.join(folder, 'web/main.ts'), 'import "./missing.ts";\n');
    await assert.rejects(buildWeb(folder), /does not build[^]*missing/);
    await fs.writeFile(path.join(folder, 'web/main.ts'), 'document.title = "two";\n');
    assert.equal(await buildWeb(folder), 'built');
  });
});
