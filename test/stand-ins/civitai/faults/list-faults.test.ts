import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { type CivitaiSimulator, startCivitaiSimulator } from '../index.ts';

let simulator: CivitaiSimulator;

before(async () => {
  simulator = await startCivitaiSimulator();
});
after(() => simulator[Symbol.asyncDispose]());
beforeEach(() => simulator.faults.clear());

interface Listed {
  readonly ids: readonly number[];
  readonly cursor: string | undefined;
}

async function page(cursor?: string, more = 'limit=5'): Promise<Listed> {
  const at = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  const answer = await fetch(`${simulator.apiUrl}/models?${more}${at}`);
  const body: { items: { id: number }[]; metadata: { nextCursor?: string } } = JSON.parse(await answer.text());
  return { ids: body.items.map(({ id }) => id), cursor: body.metadata.nextCursor };
}

describe('lists that go wrong', () => {
  it('begin a page with the last items of the one before, in browsing and in text search', async () => {
    for (const more of ['limit=5', 'limit=3&query=style']) {
      simulator.faults.set({ overlapItems: 2 });
      const first = await page(undefined, more);
      const second = await page(first.cursor, more);
      assert.deepEqual(second.ids.slice(0, 2), first.ids.slice(-2), more);
    }
  });

  it('repeat items inside a page', async () => {
    const plain = await page();
    simulator.faults.set({ doubleItems: 2 });
    assert.deepEqual((await page()).ids, [...plain.ids, ...plain.ids.slice(0, 2)]);
  });

  it('name the cursor that was asked with', async () => {
    const first = await page();
    simulator.faults.set({ sameCursor: true });
    assert.equal((await page(first.cursor)).cursor, first.cursor);
    const again = await page((await page()).cursor);
    assert.deepEqual(again.ids, first.ids);
  });

  it('come empty with a cursor, as often as asked, and lose nothing', async () => {
    const plain = await page();
    simulator.faults.set({ emptyPage: true, times: 3 });
    const cursors: string[] = [];
    let next: Listed = { ids: [], cursor: undefined };
    do {
      next = await page(next.cursor);
      if (next.ids.length === 0) cursors.push(next.cursor ?? '');
    } while (next.ids.length === 0);
    assert.deepEqual([new Set(cursors).size, cursors.length], [3, 3]);
    assert.deepEqual(next.ids, plain.ids);
  });

  it('have fewer items than asked for, or refuse to be asked for so many', async () => {
    const plain = await page();
    simulator.faults.set({ serveAtMost: 3 });
    const first = await page();
    assert.deepEqual([...first.ids, ...(await page(first.cursor)).ids].slice(0, 5), plain.ids);
    simulator.faults.set({ refuseAbove: 50 });
    const refused = await fetch(`${simulator.apiUrl}/models?limit=51`);
    assert.deepEqual([refused.status, /expected number to be <=50/.test(await refused.text())], [400, true]);
    assert.equal((await fetch(`${simulator.apiUrl}/models?limit=50`)).status, 200);
  });

  it('are answered by the edge in HTML when the server is away', async () => {
    simulator.faults.set({ route: 'models', status: 502, times: 1 });
    const answer = await fetch(`${simulator.apiUrl}/models?limit=5`);
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [502, 'text/html; charset=utf-8']);
  });

  it('break off in the middle of the JSON', async () => {
    simulator.faults.set({ route: 'models', truncateJson: true, times: 1 });
    const answer = await fetch(`${simulator.apiUrl}/models?limit=5`);
    const text = await answer.text();
    assert.equal(answer.headers.get('content-length'), String(Buffer.byteLength(text)));
    assert.throws(() => JSON.parse(text));
    assert.equal((await page()).ids.length, 5);
  });
});
