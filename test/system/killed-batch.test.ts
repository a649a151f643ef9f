import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { z } from 'zod';

import { MIB } from '#kernel/units';
import { startCivitaiSimulator } from '#stand-ins/civitai';

import { leftovers, sha256Of } from './harness/folder-tree.ts';
import { assertDatabaseSound, createHome } from './harness/kura-home.ts';
import { describe as tell } from './harness/kura-process.ts';
import { type RunningServer, startServer } from './harness/running-server.ts';
import { until } from './harness/until.ts';

const batchSchema = z.object({ id: z.string(), status: z.string(), tally: z.object({ done: z.number() }) });
const batchesSchema = z.object({ items: z.array(batchSchema).length(1) });
/** Within the rate limit of the server, however long it takes. */
const POLITE_MS = 250;
const itemsSchema = z.object({
  items: z.array(z.object({ fileId: z.number(), path: z.string().nullable(), reason: z.unknown() })),
});

async function onlyBatch(server: RunningServer) {
  const { status, body } = await server.ask('GET', '/api/v1/models/batches');
  assert.equal(status, 200, JSON.stringify(body));
  const [batch] = batchesSchema.parse(body).items;
  assert.ok(batch);
  return batch;
}

describe('kura models batches start, killed,', () => {
  it('is gone on with by the next server, with what had arrived', async () => {
    await using simulator = await startCivitaiSimulator();
    await using home = await createHome({ KURA_CIVITAI_URL: simulator.url });
    const files = (['lora', 'gguf', 'checkpoint', 'twoFormats'] as const).map(
      (role) => simulator.catalogue.known[role],
    );
    const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    function sent(): number {
      const stored = simulator.requests.filter(({ route }) => route === 'storage');
      return stored.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
    }

    simulator.faults.set({ bytesPerSecond: 2 * MIB });
    const refs = files.map(
      ({ versionId, fileId }) => `https://civitai.com/api/download/models/${versionId}?fileId=${fileId}`,
    );
    const command = home.start(['models', 'batches', 'start', ...refs, '--parallel', '2', '--json']);
    await until('half of it', async () => (sent() > total / 2 ? true : undefined), 60_000);
    command.kill('SIGKILL');
    assert.equal((await command.result).signal, 'SIGKILL');

    const before = sent();
    simulator.faults.clear();
    await using server = await startServer(home);
    const ended = await until(
      'the end',
      async () => {
        const batch = await onlyBatch(server);
        return ['pending', 'processing'].includes(batch.status) ? undefined : batch;
      },
      120_000,
      POLITE_MS,
    );
    const { body } = await server.ask('GET', `/api/v1/models/batches/${ended.id}/items`);
    const { items } = itemsSchema.parse(body);
    assert.deepEqual([ended.status, ended.tally.done], ['completed', files.length], JSON.stringify(items));
    for (const { fileId, path } of items) {
      assert.equal(await sha256Of(path ?? ''), (await simulator.hashesOf(fileId)).SHA256);
    }
    assert.ok(sent() - before < total * 0.75, `${sent() - before} of ${total} bytes were fetched again`);
    const stopped = await server.stop();
    assert.equal(stopped.code, 0, tell(stopped));
    assert.deepEqual(await leftovers(home.path), []);
    await assertDatabaseSound(home);
  });
});
