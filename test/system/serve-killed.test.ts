import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { z } from 'zod';

import { MIB } from '#kernel/units';
import { startCivitaiSimulator } from '#stand-ins/civitai';

import { filesBelow, leftovers, sha256Of } from './harness/folder-tree.ts';
import { assertDatabaseSound, createHome } from './harness/kura-home.ts';
import { describe as tell } from './harness/kura-process.ts';
import { type RunningServer, startServer } from './harness/running-server.ts';
import { until } from './harness/until.ts';

const startedSchema = z.object({ items: z.array(z.object({ id: z.string() })).length(1) });
/** Within the rate limit of the server, however long it takes. */
const POLITE_MS = 250;
const downloadSchema = z.object({ status: z.string(), path: z.string().nullable(), reason: z.unknown() });

async function placedBy(server: RunningServer, id: string): Promise<string | undefined> {
  const { status, body } = await server.ask('GET', `/api/v1/models/downloads/${id}`);
  assert.equal(status, 200);
  const download = downloadSchema.parse(body);
  assert.ok(!['failed', 'cancelled', 'quarantined'].includes(download.status), JSON.stringify(download));
  return download.status === 'placed' ? (download.path ?? assert.fail('placed nowhere')) : undefined;
}

describe('a server that is killed while it downloads', () => {
  it('goes on with the job when it is started again, with what had arrived', async () => {
    await using simulator = await startCivitaiSimulator();
    simulator.faults.set({ bytesPerSecond: 2 * MIB });
    await using home = await createHome({ KURA_CIVITAI_URL: simulator.url });
    const file = simulator.catalogue.known.twoFormats;
    function sent(): number {
      return simulator.requests.reduce(
        (sum, { fileId, bytesSent }) => sum + (fileId === file.fileId ? bytesSent : 0),
        0,
      );
    }

    let id = '';
    {
      await using server = await startServer(home);
      const body = { refs: [`@${file.versionId}`], connections: 4 };
      const started = await server.ask('POST', '/api/v1/models/downloads', body);
      assert.equal(started.status, 202, JSON.stringify(started.body));
      id = startedSchema.parse(started.body).items[0]?.id ?? '';
      await until('half of the file', async () => (sent() > file.sizeBytes / 2 ? true : undefined));
      assert.equal((await server.ask('GET', '/api/v1/models/downloads')).status, 200);
      server.process.kill('SIGKILL');
      assert.equal((await server.process.result).signal, 'SIGKILL');
    }
    assert.ok((await filesBelow(home.path)).some((path) => path.endsWith('.part')));

    const before = sent();
    simulator.faults.clear();
    await using server = await startServer(home);
    const path = await until('the file in its place', () => placedBy(server, id), 120_000, POLITE_MS);
    assert.equal(await sha256Of(path), (await simulator.hashesOf(file.fileId)).SHA256);
    assert.ok(sent() - before < file.sizeBytes * 0.9, `${sent() - before} bytes were fetched again`);
    const stopped = await server.stop();
    assert.equal(stopped.code, 0, tell(stopped));
    assert.deepEqual(await leftovers(home.path), []);
    await assertDatabaseSound(home);
  });
});
