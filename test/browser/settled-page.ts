import { setTimeout as sleep } from 'node:timers/promises';

import type { Page, Request } from 'playwright-core';

const longestMs = 30_000;
const pollMs = 15;

/**
 * Says, after whatever the last answers led to, whether nothing fades or slides any more; what turns for ever is no matter.
 * An idle callback would come as late, but waits for a frame, perhaps for ever.
 */
const stillness = `scheduler.postTask(
  () => document.getAnimations().every((one) => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity),
  { priority: 'background' },
)`;

/**
 * Waits until a page has nothing left to do: no request is under way, nothing moves, and twice whatever else waited
 * in the browser was done without another request. `networkidle` says less, and takes half a second for it.
 * @returns that waiting, to be called any time
 */
export function watchRequests(page: Page): () => Promise<void> {
  const underWay = new Set<Request>();
  let begun = 0;
  page.on('request', (request) => {
    begun += 1;
    underWay.add(request);
  });
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  async function isCalm(): Promise<boolean> {
    const before = begun;
    const isStill = await page.evaluate<boolean>(stillness);
    return isStill && underWay.size === 0 && begun === before;
  }
  return async () => {
    const deadline = performance.now() + longestMs;
    while (!((await isCalm()) && (await isCalm()))) {
      if (performance.now() > deadline) {
        const open = [...underWay].map((request) => request.url());
        throw new Error(`${page.url()} is never done; under way: ${open.join(', ') || 'nothing, but always another'}`);
      }
      await sleep(pollMs);
    }
  };
}
