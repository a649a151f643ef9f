/**
 * Names that a small file has between its last byte and its commit: `NAME.part.PID-START-COUNT`, each used once. Nobody
 * else writes to it, so it needs no lock; what a killed process leaves is known by the process in its name.
 */
import { isRunning, ownStart } from '../part-lock.ts';

const RADIX = 36;
const form = /\.part\.([0-9a-z]+)-([0-9a-z]*)-[0-9a-z]+$/;

let count = 0;

export function passingName(target: string): string {
  count += 1;
  const start = ownStart();
  const owner = [process.pid, start === '' ? '' : Number(start), count].map((part) => part.toString(RADIX));
  return `${target}.part.${owner.join('-')}`;
}

/** Whether a file of this name was left by a process that is gone. */
export function isAbandoned(name: string): boolean {
  const [, pid, start] = form.exec(name) ?? [];
  if (pid === undefined || start === undefined) return false;
  return !isRunning(Number.parseInt(pid, RADIX), start === '' ? '' : String(Number.parseInt(start, RADIX)));
}
