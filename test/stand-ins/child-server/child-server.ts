import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type NetConnectOpts } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** As a crash would; nothing when it has ended already. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** @throws Error when the child ended, or took no connection within `withinMs` */
export async function untilListening(child: ChildProcess, address: NetConnectOpts, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await accepts(address))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error('it does not listen');
    await setTimeout(50);
  }
}

function accepts(address: NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
