import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';

import type { Page } from './shapes/page.ts';
import { collect } from './testing/collect.ts';
import { type WalkStep, walkPages } from './walk-pages.ts';

type Plan = Readonly<Record<string, readonly [readonly number[], string | null] | Error>>;

function page(items: readonly number[], nextCursor: string | null): Page<number> {
  return { items, nextCursor, skipped: [], sentParameters: [], notSent: [], recheck: [] };
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
