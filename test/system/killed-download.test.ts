import assert from 'node:assert/strict';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';

import { z } from 'zod';

import { MIB } from '#kernel/units';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';

import { downloadsDone, lastLineOf } from './harness/answers.ts';
import { filesBelow, leftovers, sha256Of } from './harness/folder-tree.ts';
import { assertDatabaseSound, createHome, type KuraHome } from './harness/kura-home.ts';
import { killAtRandomMoments } from './harness/random-kills.ts';

const connections = 4;
const bytesPerSecond = 5 * MIB;
/** Requests that overlap a little, and what was under way when a connection was given up. */
const slackBytes = 4 * MIB;

const journalSchema = z.object({ segments: z.array(z.tuple([z.number(), z.number()])) });

describe('kura models get, killed at random moments,', () => {
  it('ends with the right bytes and asks only for what is missing', async () => {
    await using simulator = await startCivitaiSimulator();
    simulator.faults.set({ bytesPerSecond });
    await using home = await createHome({ KURA_CIVITAI_URL: simulator.url });
    const file = simulator.catalogue.known.twoFormats;
    const expected = (await simulator.hashesOf(file.fileId)).SHA256;

    let sentAtStart = 0;
    let durable = 0;
    let kills = 0;
    let placed = '';
    await killAtRandomMoments({
      name: 'killed download',
      async layOut() {
        if (placed !== '') await rm(placed);
        durable = 0;
      },
      start() {
        sentAtStart = sentBytes(simulator);
        return home.start(['models', 'get', `@${file.versionId}`, '--connections', String(connections), '--json']);
      },
      hasBegun: async () => sentBytes(simulator) > sentAtStart,
      async afterKill() {
        const now = await durableBytes(home, file.name, file.sizeBytes);
        assert.ok(now >= durable, `${durable} bytes were durable, ${now} are left`);
        durable = now;
        kills += 1;
        if (kills % 10 === 0) await assertDatabaseSound(home);
      },
      async afterEnd(result) {
        const [item] = lastLineOf(result, downloadsDone).items;
        assert.ok(item?.status === 'placed' || item?.status === 'skipped', JSON.stringify(item));
        placed = item.path ?? '';
        assert.equal(item.sha256?.toUpperCase(), expected);
        assert.equal(await sha256Of(placed), expected);
        const asked = sentBytes(simulator) - sentAtStart;
        assert.ok(asked <= file.sizeBytes - durable + slackBytes, `${asked} bytes sent although ${durable} were there`);
        assert.deepEqual(await leftovers(home.path), []);
        await assertDatabaseSound(home);
      },
    });
  });
});

function sentBytes({ requests }: CivitaiSimulator): number {
  return requests.filter(({ route }) => route === 'storage').reduce((sum, { bytesSent }) => sum + bytesSent, 0);
}

/** What the journal beside the part promises; everything, once the file has its name. */
async function durableBytes(home: KuraHome, name: string, sizeBytes: number): Promise<number> {
  const files = await filesBelow(home.path);
  const journal = files.find((path) => path.endsWith('.part.json'));
  if (journal !== undefined) {
    const { segments } = journalSchema.parse(JSON.parse(await readFile(join(home.path, journal), 'utf8')));
    return segments.reduce((sum, [start, end]) => sum + end - start, 0);
  }
  const placed = files.find((path) => basename(path) === name);
  if (placed === undefined) return 0;
  assert.equal((await stat(join(home.path, placed))).size, sizeBytes, 'a file has its name before it is complete');
  return sizeBytes;
}
