import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { endChild, untilListening } from '#stand-ins/child-server';
import { freePort } from '#stand-ins/free-port';

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Answers no more, and takes connections all the same. */
  hang(): void;
  goOn(): void;
}

const START_MS = 20_000;

/** Where it is installed; undefined where it is not. */
export function redisProgram(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin'];
  return folders.map((folder) => path.join(folder, 'redis-server')).find((file) => existsSync(file));
}

/** @param port a free one unless given, for one that comes back */
export async function startRedis(port?: number): Promise<RedisServer> {
  const program = redisProgram();
  if (program === undefined) throw new Error('Redis is not installed (Debian: redis-server)');
  const own = port ?? (await freePort());
  const settings = ['--port', String(own), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program, settings, { stdio: 'ignore' });
  try {
    await untilListening(child, { port: own, host: '127.0.0.1' }, START_MS);
  } catch (error) {
    await endChild(child);
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${own}/0`,
    kill: () => endChild(child),
    hang: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: () => endChild(child),
  };
}
