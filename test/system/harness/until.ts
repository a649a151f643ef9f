import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is something. @throws Error after `withinMs` */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined>,
  withinMs = 30_000,
  everyMs = 25,
): Promise<Value> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for ${what}`);
    await sleep(everyMs);
  }
}
