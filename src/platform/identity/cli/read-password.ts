/** A password from the keyboard, unseen; from a pipe its first line. */
import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

import { KuraError } from '#kernel/errors';

/**
 * @param ask shows the question, where somebody sits at the keyboard
 * @throws KuraError interrupted, or the signal's reason
 */
export async function readPassword(ask: () => void, signal: AbortSignal): Promise<string> {
  const { stdin } = process;
  // Readline echoes to its output: there is none.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY });
  // Asked only now that nothing is shown any more.
  if (stdin.isTTY) ask();
  try {
    return await firstLine(lines, signal);
  } finally {
    lines.close();
  }
}

function firstLine(lines: Interface, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('close', () => {
      resolve('');
    });
    // In this mode Ctrl-C is a key like any other, and no signal.
    lines.once('SIGINT', () => {
      reject(new KuraError('interrupted', 'kernel.interrupted'));
    });
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
