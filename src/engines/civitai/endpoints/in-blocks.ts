import type { ReadList } from '../shapes/lenient.ts';

/** Asks for many things in as many questions as the server needs, one after the other, and joins the answers. */
export async function inBlocks<Asked, Item>(
  asked: readonly Asked[],
  perRequest: number,
  ask: (block: readonly Asked[]) => Promise<ReadList<Item>>,
): Promise<ReadList<Item>> {
  const answers: ReadList<Item>[] = [];
  for (let start = 0; start < asked.length; start += perRequest) {
    answers.push(await ask(asked.slice(start, start + perRequest)));
  }
  return {
    items: answers.flatMap((answer) => answer.items),
    skipped: answers.flatMap((answer) => answer.skipped),
  };
}
