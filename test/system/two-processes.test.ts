import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MIB } from '#kernel/units';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';

import { documentOf, downloadsDone, knowledgeSearch, lastLineOf, succeeded } from './harness/answers.ts';
import { leftovers, sha256Of } from './harness/folder-tree.ts';
import { assertDatabaseSound, createHome, type KuraHome } from './harness/kura-home.ts';
import { type KuraResult, describe as tell } from './harness/kura-process.ts';
import { startServer } from './harness/running-server.ts';
import { until } from './harness/until.ts';

async function slowSite(): Promise<CivitaiSimulator> {
  const simulator = await startCivitaiSimulator();
  simulator.faults.set({ bytesPerSecond: 6 * MIB });
  return simulator;
}

async function sending({ requests }: CivitaiSimulator): Promise<true | undefined> {
  return requests.some(({ bytesSent, route }) => route === 'storage' && bytesSent > 0) ? true : undefined;
}

async function assertGot(simulator: CivitaiSimulator, result: KuraResult, fileId: number): Promise<void> {
  const [item] = lastLineOf(succeeded(result), downloadsDone).items;
  assert.equal(await sha256Of(item?.path ?? ''), (await simulator.hashesOf(fileId)).SHA256);
}

async function assertTidy(home: KuraHome): Promise<void> {
  assert.deepEqual(await leftovers(home.path), []);
  await assertDatabaseSound(home);
}

describe('two processes on one data directory', () => {
  it('get the same file once: the second says who is at it, and finds the file when it comes back', async () => {
    await using simulator = await slowSite();
    await using home = await createHome({ KURA_CIVITAI_URL: simulator.url });
    const file = simulator.catalogue.known.twoFormats;
    const args = ['models', 'get', `@${file.versionId}`, '--json'];
    await using first = home.start(args);
    await until('the first bytes', () => sending(simulator));
    const second = await home.run(args);
    await assertGot(simulator, await first.result, file.fileId);
    if (second.code !== 0) {
      assert.equal(second.code, 1, tell(second));
      assert.equal(lastLineOf(second, downloadsDone).items[0]?.reason?.code, 'transfer.busy');
    }
    await assertGot(simulator, await home.run(args), file.fileId);
    const sent = simulator.requests.reduce(
      (sum, { fileId, bytesSent }) => sum + (fileId === file.fileId ? bytesSent : 0),
      0,
    );
    assert.ok(sent < file.sizeBytes * 1.1, `${sent} bytes were sent for a file of ${file.sizeBytes}`);
    await assertTidy(home);
  });

  it('get different files: both arrive', async () => {
    await using simulator = await slowSite();
    await using home = await createHome({ KURA_CIVITAI_URL: simulator.url });
    const { checkpoint, torchCheckpoint } = simulator.catalogue.known;
    const results = await Promise.all(
      [checkpoint, torchCheckpoint].map(({ versionId }) => home.run(['models', 'get', `@${versionId}`, '--json'])),
    );
    await assertGot(simulator, results[0] ?? assert.fail(), checkpoint.fileId);
    await assertGot(simulator, results[1] ?? assert.fail(), torchCheckpoint.fileId);
    await assertTidy(home);
  });

  it('make a new data directory together', async () => {
    await using home = await createHome();
    const results = await Promise.all([1, 2, 3].map(() => home.run(['knowledge', 'search', 'x', '--json'])));
    for (const result of results) assert.equal(documentOf(succeeded(result), knowledgeSearch).total, 0);
    await assertTidy(home);
  });

  it('do not serve it both: the second names the first and goes', async () => {
    await using home = await createHome();
    await using server = await startServer(home);
    const second = await home.run(['serve', '--port', '0', '--lang', 'en']);
    assert.equal(second.code, 1, tell(second));
    assert.match(second.stderr, new RegExp(`kura serve.*process ${server.process.pid}`));
    assert.equal((await server.send('GET', '/healthz')).status, 200);
  });

  it('serve and get at the same time', async () => {
    await using simulator = await slowSite();
    await using home = await createHome({ KURA_CIVITAI_URL: simulator.url });
    await using server = await startServer(home);
    const file = simulator.catalogue.known.checkpoint;
    await using getting = home.start(['models', 'get', `@${file.versionId}`, '--json']);
    await until('the first bytes', () => sending(simulator));
    assert.equal((await server.ask('GET', '/api/v1/knowledge/search?q=x')).status, 200);
    await assertGot(simulator, await getting.result, file.fileId);
    const { status, body } = await server.ask('GET', '/api/v1/models/library');
    assert.equal(status, 200);
    assert.match(JSON.stringify(body), new RegExp(`"fileId":${file.fileId}\\b`));
    const stopped = await server.stop();
    assert.equal(stopped.code, 0, tell(stopped));
    await assertTidy(home);
  });
});
