import assert from 'node:assert/strict';
import { get, request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';

import { createLocalDiskStorage, openVault } from '#engines/vault';

import { makeVault, never, writeTree } from '../../testing/open-backups.ts';
import { createTestHome } from '../../testing/test-home.ts';
import { serveVault } from './serve-vault.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function ask(
  url: string,
  options: { method?: string; auth?: string; headers?: Record<string, string> },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = (options.method === undefined ? get : send)(url, options, (response) => {
      void text(response).then(
        (body) => resolve({ status: response.statusCode, headers: response.headers, body }),
        reject,
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('a repository that is served', () => {
  it('shows snapshots, folders and files to who knows the token, and changes for nobody', async () => {
    await using home = await createTestHome();
    const source = await writeTree(home.at('source'), { 'モデル/a&b <1>.txt': 'content', top: 'x' });
    const storage = createLocalDiskStorage({ folder: await makeVault(home.at('repo')) });
    await using vault = await openVault({ storage });
    const { snapshot } = await vault.backup({ source });
    await using site = await serveVault({ vault, token: 'secret', port: 0, signal: never });
    const auth = 'anybody:secret';

    for (const wrong of [{}, { auth: 'x:wrong' }]) assert.equal((await ask(site.url, wrong)).status, 401);
    const root = await ask(site.url, { auth });
    const [, folder = ''] = /href="([^".]+\/)"/.exec(root.body) ?? [];
    assert.ok(folder.endsWith(`-${snapshot.id.slice(0, 8)}/`), root.body);
    const listed = await ask(`${site.url}${folder}${encodeURIComponent('モデル')}/`, { auth });
    const [, name = ''] = /href="([^"]*txt)"/.exec(listed.body) ?? [];
    assert.match(listed.body, /a&amp;b &lt;1&gt;\.txt/);
    const file = await ask(`${site.url}${folder}${encodeURIComponent('モデル')}/${name}`, { auth });
    assert.deepEqual([file.status, file.body, file.headers['content-length']], [200, 'content', '7']);
    assert.match(String(file.headers['content-security-policy']), /sandbox/);

    const found = await ask(`${site.url}${folder}`, { auth, method: 'PROPFIND', headers: { depth: '1' } });
    assert.equal(found.status, 207);
    assert.match(found.body, /<D:getcontentlength>1<\/D:getcontentlength>/);
    assert.equal(found.body.match(/<D:response>/g)?.length, 3);
    assert.equal((await ask(`${site.url}${folder}nothing`, { auth })).status, 404);
    assert.equal((await ask(`${site.url}${folder}..%2F..%2Fconfig`, { auth })).status, 404);
    for (const method of ['PUT', 'DELETE', 'MKCOL', 'MOVE']) {
      assert.equal((await ask(`${site.url}${folder}top`, { auth, method })).status, 405);
    }
  });
});
