import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';

import { createDice, fault, faultNames, seededContent, startFaultProxy } from './index.ts';

const content = seededContent('a seed', 300_001);
const whole = content.read(0, content.size);

describe('seededContent', () => {
  it('gives the same bytes wherever a piece begins, and their hash', () => {
    const dice = createDice('pieces');
    for (let count = 0; count < 200; count += 1) {
      const start = dice.int(0, content.size - 1);
      const end = dice.int(start, content.size);
      assert.ok(content.read(start, end).equals(whole.subarray(start, end)), `${start}-${end}`);
    }
    assert.equal(content.sha256, createHash('sha256').update(whole).digest('hex'));
    assert.notEqual(seededContent('another seed', content.size).sha256, content.sha256);
  });

  it('reaches any place of a file of terabytes at once', () => {
    const huge = seededContent('huge', 2 ** 42);
    assert.equal(huge.read(2 ** 41, 2 ** 41 + 64).length, 64);
    assert.ok(!huge.read(2 ** 41, 2 ** 41 + 64).equals(huge.read(2 ** 40, 2 ** 40 + 64)));
  });
});

describe('the fault proxy', () => {
  it('without a fault gives the file, pieces of it, and signed addresses that it counts', async () => {
    await using proxy = await startFaultProxy({ content });
    const all = await fetch(`${proxy.origin}/api/download/1`);
    assert.ok(Buffer.from(await all.arrayBuffer()).equals(whole));
    const piece = await fetch(`${proxy.origin}/file/1`, { headers: { range: 'bytes=1000-1999' } });
    assert.deepEqual([piece.status, piece.headers.get('content-range')], [206, `bytes 1000-1999/${content.size}`]);
    assert.ok(Buffer.from(await piece.arrayBuffer()).equals(whole.subarray(1000, 2000)));
    assert.deepEqual([proxy.count('api'), proxy.count('file'), proxy.sentBytes], [1, 2, content.size + 1000]);
  });

  for (const name of faultNames) {
    it(`does what it is told: ${name}, once`, async () => {
      const behave = fault(name, { dice: createDice(name), size: content.size }, { times: 1 });
      await using proxy = await startFaultProxy({ content, behave });
      assert.notEqual(await seen(proxy.origin, 400), 'the piece that was asked for', 'the first ask is struck');
      assert.equal(await seen(proxy.origin, 30_000), 'the piece that was asked for', 'the second is not');
    });
  }
});

/**
 * All but the first byte are asked for, so that everything that may be wrong with a range shows.
 * @param patienceMs after which silence is taken for a fault
 */
async function seen(origin: string, patienceMs: number): Promise<string> {
  const expected = ['206', `bytes 1-${content.size - 1}/${content.size}`, content.etag, null, `${content.size - 1}`];
  try {
    const answer = await fetch(`${origin}/file/1`, {
      headers: { range: `bytes=1-${content.size - 1}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    const { headers, status } = answer;
    const names = ['content-range', 'etag', 'content-encoding', 'content-length'] as const;
    const told = [String(status), ...names.map((name) => headers.get(name))];
    const isSame = Buffer.from(await answer.arrayBuffer()).equals(whole.subarray(1));
    return isSame && told.every((value, index) => value === expected[index])
      ? 'the piece that was asked for'
      : told.join();
  } catch (error) {
    return String(error);
  }
}
