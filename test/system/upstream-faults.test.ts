import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startCivitaiSimulator } from '#stand-ins/civitai';

import { downloadsDone, lastLineOf, succeeded } from './harness/answers.ts';
import { filesBelow, sha256Of } from './harness/folder-tree.ts';
import { assertDatabaseSound, createHome } from './harness/kura-home.ts';
import { describe as tell } from './harness/kura-process.ts';
import { assertTold } from './harness/messages.ts';

describe('CivitAI in trouble', () => {
  it('is said to be out of reach when nothing answers', async () => {
    await using home = await createHome({ KURA_CIVITAI_URL: 'http://127.0.0.1:9' });
    const expected = { code: 1, en: /127\.0\.0\.1:9 cannot be reached/, ja: /127\.0\.0\.1:9 に接続できません/ };
    await assertTold(home, ['models', 'get', '123'], expected);
    const search = await home.run(['models', 'search', 'lora', '--json']);
    assert.equal(search.code, 1, tell(search));
    await assertDatabaseSound(home);
  });

  it('refuses a bad token, which is explained; with a good one the same command succeeds', async () => {
    await using simulator = await startCivitaiSimulator();
    await using home = await createHome({ KURA_CIVITAI_URL: simulator.url });
    const file = simulator.catalogue.known.loginRequired;
    const args = ['models', 'get', `@${file.versionId}`];
    const refused = { code: 1, en: /signed.in/, ja: /サインイン/ };
    await assertTold(home, args, refused);
    await assertTold(home, args, refused, { environment: { KURA_CIVITAI_TOKEN: 'revoked' } });
    assert.deepEqual(await filesBelow(`${home.path}/library`), []);

    const token = simulator.accounts[0]?.token ?? '';
    const got = succeeded(await home.run([...args, '--json'], { environment: { KURA_CIVITAI_TOKEN: token } }));
    const [item] = lastLineOf(got, downloadsDone).items;
    assert.equal(await sha256Of(item?.path ?? ''), (await simulator.hashesOf(file.fileId)).SHA256);
  });

  it('is partly done when one of two models does not exist', async () => {
    await using simulator = await startCivitaiSimulator();
    await using home = await createHome({ KURA_CIVITAI_URL: simulator.url });
    const { lora } = simulator.catalogue.known;
    const result = await home.run(['models', 'get', '999999999', `@${lora.versionId}`, '--json']);
    assert.equal(result.code, 3, tell(result));
    const { items } = lastLineOf(result, downloadsDone);
    assert.deepEqual(
      items.map(({ ref, status }) => [ref, status]),
      [
        ['999999999', 'failed'],
        [`@${lora.versionId}`, 'placed'],
      ],
    );
  });
});
