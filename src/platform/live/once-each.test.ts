import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import { createOnceEach } from './once-each.ts';

describe('createOnceEach', () => {
  it('gives one answer to all who ask by one key, and lets a failed one be tried again', async () => {
    const once = createOnceEach<number>();
    let runs = 0;
    async function work() {
      runs += 1;
      if (runs === 1) throw new Error('not now');
      return runs;
    }
    await assert.rejects(once.run('a', work), /not now/);
    await setImmediate();
    assert.deepEqual(await Promise.all([once.run('a', work), once.run('a', work)]), [2, 2]);
  });

  it('keeps neither more answers nor longer ones than it may, and forgets the oldest first', async () => {
    const once = createOnceEach<string>({ most: 3, longest: 20 });
    const ran: string[] = [];
    async function ask(key: string, answer: string) {
      await once.run(key, async () => {
        ran.push(key);
        return answer;
      });
      await setImmediate();
    }
    for (const key of ['a', 'b', 'c', 'd', 'd', 'c', 'b', 'a']) await ask(key, 'x');
    assert.deepEqual(ran.splice(0), ['a', 'b', 'c', 'd', 'a'], 'the fourth took the place of the first');
    await ask('long', 'x'.repeat(15));
    for (const key of ['long', 'a', 'd']) await ask(key, 'x');
    assert.deepEqual(ran.splice(0), ['long', 'd'], 'what is longest still leaves the newest');
    await ask('longer', 'x'.repeat(50));
    await ask('longer', 'x');
    assert.deepEqual(ran, ['longer', 'longer'], 'one that is too long by itself is not kept');
  });
});
