/**
 * A program that tries to do harm and says what it managed; run by the tests of isolation, with the attempts as its
 * arguments: `read PATH`, `write PATH`, `connect PORT`, and so on. One line of JSON each.
 */
import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';

type Attempt = (...args: string[]) => unknown;

const attempts: Readonly<Record<string, Attempt>> = {
  read: (path = '') => readFileSync(path, 'utf8'),
  list: (path = '') => readdirSync(path),
  write: (path = '') => {
    writeFileSync(path, 'x');
    return 'written';
  },
  chmod: (path = '') => {
    chmodSync(path, 0o777);
    return 'changed';
  },
  environment: () => process.env,
  /** Of every process it can see. */
  environments: () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readable(`/proc/${name}/environ`)),
  connect: async (port = '') =>
    new Promise((resolve) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.once('connect', () => resolve('connected'));
      socket.once('error', (error) => resolve(error.message));
    }),
  signal: (pid = '') => {
    process.kill(Number(pid), 'SIGUSR2');
    return 'sent';
  },
  processes: () => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length,
  become: () => {
    process.setuid?.(0);
    return process.getuid?.();
  },
  status: () => readFileSync('/proc/self/status', 'utf8'),
  limits: () => readFileSync('/proc/self/limits', 'utf8'),
  mounts: () => readFileSync('/proc/self/mounts', 'utf8'),
  /** How many of these could be started. */
  fork: async (count = '') => {
    const outcomes = Array.from(
      { length: Number(count) },
      () =>
        new Promise<number>((resolve) => {
          const child = spawn('/bin/sleep', ['20']);
          child.once('spawn', () => resolve(1));
          child.once('error', () => resolve(0));
        }),
    );
    return (await Promise.all(outcomes)).reduce((sum, one) => sum + one, 0);
  },
  flood: () => {
    for (;;) process.stdout.write('flood '.repeat(10_000));
  },
  spin: () => {
    process.on('SIGXCPU', () => undefined);
    for (;;) Math.random();
  },
};

function readable(path: string): string[] {
  try {
    return [readFileSync(path, 'utf8')];
  } catch {
    return [];
  }
}

async function outcomeOf(name: string, args: readonly string[]): Promise<unknown> {
  try {
    return { name, done: await attempts[name]?.(...args) };
  } catch (error) {
    return { name, refused: String(error) };
  }
}

for (const words of process.argv.slice(2)) {
  const [name = '', ...args] = words.split(' ');
  process.stdout.write(`${JSON.stringify(await outcomeOf(name, args))}\n`);
}
process.exit(0);
