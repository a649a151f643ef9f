import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';

import type { Page } from './shapes/page.ts';
import { collect } from './testing/collect.ts';
import { type WalkStep, walkPages } from './walk-pages.ts';

type Plan = Readonly<Record<string, readonly [readonly number[], string | null] | Error>>;

function page(items: readonly number[], nextCursor: string | null): Page<number> {
  return { items, nextCursor, suspectEnd: [], extra: {}, skipped: [], sentParameters: [], notSent: [], recheck: [] };
}

async function walk(plan: Plan, cursor: string | null = null): Promise<WalkStep<number>[]> {
  const steps = walkPages<number>({
    fetchPage: async (at) => {
      const planned = plan[at ?? 'start'];
      if (planned === undefined) throw new Error(`unplanned cursor ${at}`);
      if (planned instanceof Error) throw planned;
      return page(...planned);
    },
    identify: (id) => id,
    cursor,
  });
  return collect(steps);
}

describe('walkPages', () => {
  it('goes on over an empty page that has a cursor, to the page without one', async () => {
    const steps = await walk({ start: [[1, 2], 'a'], a: [[], 'b'], b: [[3], null] });
    assert.deepEqual(steps, [
      { kind: 'page', page: page([1, 2], 'a'), duplicates: 0 },
      { kind: 'page', page: page([], 'b'), duplicates: 0 },
      { kind: 'page', page: page([3], null), duplicates: 0 },
      { kind: 'end' },
    ]);
  });

  it('gives each item once where pages overlap', async () => {
    const steps = await walk({ start: [[1, 2], 'a'], a: [[2, 3, 3], null] });
    assert.deepEqual(steps[1], { kind: 'page', page: page([3], null), duplicates: 2 });
  });

  it('does not take an unreadable way on for the end, and says where to read again', async () => {
    const renamed = { ...page([2], null), suspectEnd: ['metadata.next_cursor'] };
    const pages = [page([1], 'a'), renamed];
    const steps = await collect(
      walkPages<number>({ fetchPage: async () => pages.shift() ?? page([], null), identify: (id) => id, cursor: null }),
    );
    const last = steps.at(-1);
    assert.ok(last?.kind === 'error');
    assert.deepEqual(
      [last.error.code, last.error.params, last.cursor],
      ['civitai.end-unclear', { keys: 'metadata.next_cursor' }, 'a'],
    );
  });

  it('reads a page once more whose cursor leads back, and goes on when it then leads on', async () => {
    const answers: Record<string, Page<number>[]> = {
      start: [page([1], 'a')],
      a: [page([2], 'a'), page([2, 3], 'b')],
      b: [page([4], null)],
    };
    const asked: string[] = [];
    const steps = await collect(
      walkPages<number>({
        fetchPage: async (cursor, isAgain) => {
          asked.push(`${cursor ?? 'start'}${isAgain ? ' again' : ''}`);
          return answers[cursor ?? 'start']?.shift() ?? page([], null);
        },
        identify: (id) => id,
        cursor: null,
      }),
    );
    assert.deepEqual(asked, ['start', 'a', 'a again', 'b']);
    assert.deepEqual(
      steps.flatMap((step) => (step.kind === 'page' ? step.page.items : [])),
      [1, 2, 3, 4],
    );
    assert.deepEqual(steps.at(-1), { kind: 'end' });
  });

  it('goes on over a page that came twice', async () => {
    const steps = await walk({ start: [[1, 2], 'a'], a: [[1, 2], 'b'], b: [[3], null] });
    assert.deepEqual(
      steps.map((step) => (step.kind === 'page' ? step.page.items : step.kind)),
      [[1, 2], [], [3], 'end'],
    );
  });

  it('stops at a server that answers the same page to ever new cursors', async () => {
    let asked = 0;
    async function same(): Promise<Page<number>> {
      asked += 1;
      return page([1, 2], `cursor-${asked}`);
    }
    const steps = await collect(walkPages<number>({ fetchPage: same, identify: (id) => id, cursor: null }));
    const last = steps.at(-1);
    assert.ok(last?.kind === 'error');
    assert.deepEqual([last.error.code, last.cursor, asked], ['civitai.pages-repeated', 'cursor-4', 4]);
  });

  it('stops when a cursor comes back, and does not call that the end', async () => {
    const steps = await walk({ start: [[1], 'a'], a: [[2], 'b'], b: [[3], 'a'] });
    assert.deepEqual(steps.at(-1), { kind: 'repeated-cursor', cursor: 'a' });
    assert.equal(steps.length, 4);
  });

  it('notices a server that answers the same cursor for ever', async () => {
    assert.deepEqual((await walk({ a: [[1], 'a'] }, 'a')).at(-1), { kind: 'repeated-cursor', cursor: 'a' });
  });

  it('keeps what was read before an error and says where to go on', async () => {
    const error = new KuraError('unavailable', 'civitai.server-error');
    const steps = await walk({ start: [[1], 'a'], a: error });
    assert.deepEqual(steps, [
      { kind: 'page', page: page([1], 'a'), duplicates: 0 },
      { kind: 'error', error, cursor: 'a' },
    ]);
    assert.deepEqual(await walk({ a: [[2], null] }, 'a'), [
      { kind: 'page', page: page([2], null), duplicates: 0 },
      { kind: 'end' },
    ]);
  });
});
