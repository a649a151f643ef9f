import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MIB } from '#kernel/units';
import { startCivitaiSimulator } from '#stand-ins/civitai';

import { downloadsDone, lastLineOf, succeeded } from './harness/answers.ts';
import { filesBelow, leftovers, sha256Of } from './harness/folder-tree.ts';
import { assertDatabaseSound, createHome } from './harness/kura-home.ts';
import { describe as tell, within } from './harness/kura-process.ts';
import { startServer } from './harness/running-server.ts';
import { until } from './harness/until.ts';

describe('a process that is asked to stop', () => {
  it('ends a download with 130 soon after Ctrl-C, keeps what arrived, and goes on there', async () => {
    await using simulator = await startCivitaiSimulator();
    simulator.faults.set({ bytesPerSecond: 3 * MIB });
    await using home = await createHome({ KURA_CIVITAI_URL: simulator.url });
    const file = simulator.catalogue.known.twoFormats;
    const args = ['models', 'get', `@${file.versionId}`, '--connections', '4'];
    function sent(): number {
      return simulator.requests.reduce(
        (sum, { fileId, bytesSent }) => sum + (fileId === file.fileId ? bytesSent : 0),
        0,
      );
    }

    await using kura = home.start(args);
    await until('a third of the file', async () => (sent() > file.sizeBytes / 3 ? true : undefined));
    const pressed = performance.now();
    kura.kill('SIGINT');
    const interrupted = await within(30_000, kura);
    const tookMs = performance.now() - pressed;
    assert.equal(interrupted.code, 130, tell(interrupted));
    assert.ok(tookMs < 15_000, `it took ${tookMs} ms to stop`);
    assert.match(interrupted.stderr + interrupted.stdout, /interrupted|stopped/i);
    const parts = (await filesBelow(home.path)).filter((path) => path.endsWith('.part'));
    assert.equal(parts.length, 1, 'the part is gone');
    await assertDatabaseSound(home);

    const before = sent();
    simulator.faults.clear();
    const [item] = lastLineOf(succeeded(await home.run([...args, '--json'])), downloadsDone).items;
    assert.equal(await sha256Of(item?.path ?? ''), (await simulator.hashesOf(file.fileId)).SHA256);
    assert.ok(sent() - before < file.sizeBytes * 0.8, `${sent() - before} bytes were fetched again`);
    assert.deepEqual(await leftovers(home.path), []);
  });

  it('stops serving with 0 after SIGTERM, also while browsers hold connections open', async () => {
    await using home = await createHome();
    await using server = await startServer(home);
    const answers = await Promise.all(Array.from({ length: 8 }, () => server.send('GET', '/healthz')));
    for (const answer of answers) assert.equal(answer.status, 200);
    // An answer that nobody reads to its end.
    const unread = await server.send('GET', '/api/openapi.json');
    const stopped = await server.stop();
    await unread.body?.cancel().catch(() => undefined);
    assert.equal(stopped.code, 0, tell(stopped));
    assert.deepEqual(await leftovers(home.path), []);
  });

  it('stops serving with 0 after Ctrl-C, too', async () => {
    await using home = await createHome();
    await using server = await startServer(home);
    server.process.kill('SIGINT');
    const stopped = await within(20_000, server.process);
    assert.equal(stopped.code, 0, tell(stopped));
  });
});
