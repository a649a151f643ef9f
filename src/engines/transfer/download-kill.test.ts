import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MIB } from '#kernel/units';

import { ByteRanges } from './byte-ranges.ts';
import { readJournal } from './journal.ts';
import { provePart } from './proven-part.ts';
import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';
import { startFaultServer } from './testing/fault-server.ts';

const child = fileURLToPath(new URL('./testing/download-child.ts', import.meta.url));
const KILLS = 10;
const { signal } = new AbortController();
/**
 * For each of four connections: the block that fills, what is being written, and what the server counts as sent when
 * the sockets have it.
 */
const LOST_PER_KILL = 4 * (1 + 4 + 4) * MIB;

describe('downloadFile, killed with SIGKILL at any moment,', () => {
  it('ends with the right bytes, and loses no more than what was in its hands each time', async () => {
    const file = randomFile(192 * MIB + 7);
    await using server = await startFaultServer(file, () => ({ bytesPerSecond: 8 * MIB }));
    await using kit = await createDownloadKit();
    let kills = 0;
    let claimed = 0;
    // Stops at half: a run that gets to the end of the file could no longer be killed.
    while (kills < KILLS && claimed < file.length / 2) {
      const process = spawn(globalThis.process.execPath, [child, `${server.origin}/file?sig=${kills}`, kit.target]);
      const before = server.sentBytes;
      await untilSent(server, before + 1);
      // Every second kill comes after a checkpoint, however slow the machine; the others anywhere after the first byte.
      if (kills % 2 === 1) await untilDurable(kit.target, claimed + 1);
      await sleep(Math.random() * 400);
      process.kill('SIGKILL');
      assert.equal((await once(process, 'exit'))[1], 'SIGKILL');
      kills += 1;
      const part = await kit.read('model.bin.part');
      const journal = await readJournal(`${kit.target}.part.json`);
      const proven = journal && (await provePart(`${kit.target}.part`, part.length, { journal, expected: {}, signal }));
      const durable = new ByteRanges(proven?.segments).size;
      assert.ok(durable >= claimed, 'what was proven stays so');
      for (const [start, end] of proven?.segments ?? []) {
        assert.ok(
          part.subarray(start, end).equals(file.subarray(start, end)),
          `journal or log lie about ${start}-${end}`,
        );
      }
      assert.ok(server.sentBytes - before - (durable - claimed) < LOST_PER_KILL);
      claimed = durable;
    }
    // A machine that is late with the first kills has fetched much by then; one of two comes after a checkpoint.
    assert.ok(claimed > 0 && kills >= 2, `${kills} kills, ${claimed} bytes kept`);
    const last = spawn(process.execPath, [child, `${server.origin}/file?sig=last`, kit.target]);
    const result = JSON.parse(String((await once(last.stdout, 'data'))[0])) as Record<string, unknown>;
    await once(last, 'exit');
    assert.equal(result['sha256'], sha256Of(file));
    assert.equal(result['resumedFrom'], claimed, 'everything that was proven was used');
    assert.ok(Number(result['networkBytes']) < 1.2 * (file.length - claimed) + MIB);
    assert.deepEqual(await kit.names(), ['model.bin']);
    assert.equal(sha256Of(await kit.read('model.bin')), sha256Of(file));
  });
});

async function untilSent(server: { readonly sentBytes: number }, count: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (server.sentBytes < count) {
    assert.ok(Date.now() < deadline, 'the child never asked for anything');
    await sleep(5);
  }
}

function durableBytes(journal: Awaited<ReturnType<typeof readJournal>>): number {
  return (journal?.segments ?? []).reduce((sum, [start, end]) => sum + end - start, 0);
}

async function untilDurable(target: string, count: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (durableBytes(await readJournal(`${target}.part.json`)) < count) {
    assert.ok(Date.now() < deadline, 'no checkpoint was ever reached');
    await sleep(10);
  }
}
