/** What every place that keeps answers must do. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import type { AnswerCache, StoredAnswer } from '../calls/answer-cache.ts';

const key = 'a1'.repeat(32);
const other = 'b2'.repeat(32);
const answer: StoredAnswer = { at: 1_790_000_000_000, body: '{"name":"和\\n"}\n', etag: '"v1"', lastModified: null };

/** @param open makes an empty one; called once per test */
export function answerCacheKit(open: () => Promise<AnswerCache>): void {
  it('has nothing before something was written', async () => {
    assert.equal(await (await open()).read(key), null);
  });

  it('gives back exactly what was written, under its key only', async () => {
    const cache = await open();
    await cache.write(key, answer);
    assert.deepEqual(await cache.read(key), answer);
    assert.equal(await cache.read(other), null);
  });

  it('keeps the latest of two answers', async () => {
    const cache = await open();
    await cache.write(key, answer);
    await cache.write(key, { ...answer, body: '[]', etag: null });
    assert.deepEqual(await cache.read(key), { ...answer, body: '[]', etag: null });
  });

  it('serves many at once', async () => {
    const cache = await open();
    const keys = Array.from({ length: 20 }, (_, index) => index.toString(16).padStart(64, '0'));
    await Promise.all(keys.map(async (one) => cache.write(one, { ...answer, body: one })));
    const read = await Promise.all(keys.map(async (one) => cache.read(one)));
    assert.deepEqual(
      read.map((one) => one?.body),
      keys,
    );
  });
}
