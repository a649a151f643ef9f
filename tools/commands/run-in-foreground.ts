/** Hands terminal and signals to one long-running program and waits for it. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import tty from 'node:tty';

/** The program's exit code, or 128 + n when signal n ended it. @throws when it cannot be started. */
export function runInForeground(command: string, args: readonly string[], cwd: string): Promise<number> {
  const child = spawn(command, args, { cwd, stdio: 'inherit' });
  // Ctrl-C on a terminal reaches the whole process group by itself; sent twice it would mean "stop at once".
  const fromTerminal = [0, 1, 2].some((descriptor) => tty.isatty(descriptor));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !fromTerminal) child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
