/** Runs `work` for 0 … count - 1, so many at once; the first failure ends it when what is under way has ended. */
export async function inParallel(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  let isFailed = false;
  async function worker(): Promise<void> {
    while (next < count && !isFailed) {
      const index = next;
      next += 1;
      try {
        await work(index);
      } catch (error) {
        isFailed = true;
        throw error;
      }
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const result of workers) if (result.status === 'rejected') throw result.reason;
}
