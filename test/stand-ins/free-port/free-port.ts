import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below those that systems give away by themselves (Linux from 32768 on): whoever listens on port 0 in the meantime gets
 * another one, so that a program which is slow to start still finds its own free.
 */
const [lowest, highest] = [10_000, 32_000];

/** A port of 127.0.0.1 that nobody listened on a moment ago, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  for (let left = 100; left > 0; left -= 1) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
