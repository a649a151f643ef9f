/** One hashing thread for everything, started by the first file: most commands never hash. */
import { createHashThread, type HashThread } from '#engines/transfer';

export function createLazyHashThread(): HashThread {
  let thread: HashThread | undefined;
  return {
    follow(path, names) {
      thread ??= createHashThread();
      return thread.follow(path, names);
    },
    [Symbol.asyncDispose]: async () => thread?.[Symbol.asyncDispose](),
  };
}
