/** Bounded concurrency with the order kept: results come as their inputs came, at most `width` in work. */
export async function* mapInOrder<Input, Output>(
  inputs: AsyncIterable<Input> | Iterable<Input>,
  width: number,
  work: (input: Input) => Promise<Output>,
): AsyncGenerator<Output> {
  const running: Promise<Output>[] = [];
  try {
    for await (const input of inputs) {
      const result = work(input);
      // The failure is thrown below, when its turn comes; until then it is not "unhandled".
      result.catch(() => undefined);
      running.push(result);
      if (running.length >= width) yield* takeFirst(running);
    }
    while (running.length > 0) yield* takeFirst(running);
  } finally {
    // Nobody may still be writing after the caller has moved on.
    await Promise.allSettled(running);
  }
}

/**
 * As `mapInOrder`, for many small things of which most are done at once: `work` may answer without a promise, and what is done comes
 * together. A promise and a turn for each would take longer than its work.
 */
export async function* mapBatchesInOrder<Input, Output>(
  batches: AsyncIterable<readonly Input[]>,
  width: number,
  work: (input: Input) => Output | Promise<Output>,
): AsyncGenerator<readonly Output[]> {
  const running: (Output | Promise<Output>)[] = [];
  let done: Output[] = [];

  async function takeDownTo(count: number): Promise<void> {
    while (running.length > count) done.push((await running.shift()) as Output);
  }

  try {
    for await (const batch of batches) {
      for (const input of batch) {
        const result = work(input);
        if (running.length === 0 && !(result instanceof Promise)) {
          done.push(result);
          continue;
        }
        // The failure is thrown below, when its turn comes; until then it is not "unhandled".
        if (result instanceof Promise) result.catch(() => undefined);
        running.push(result);
        await takeDownTo(width - 1);
      }
      yield done;
      done = [];
    }
    await takeDownTo(0);
    yield done;
  } finally {
    await Promise.allSettled(running);
  }
}

/** Runs a generator to its end for its effects. */
export async function drain(work: AsyncIterator<unknown>): Promise<void> {
  while ((await work.next()).done !== true);
}

export interface Gate {
  /** Runs `work` when fewer than the limit are running. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createGate(limit: number): Gate {
  const waiting: (() => void)[] = [];
  let free = limit;

  function release(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return {
    async run(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}

async function* takeFirst<Output>(running: Promise<Output>[]): AsyncGenerator<Output> {
  const first = running.shift();
  if (first !== undefined) yield await first;
}
