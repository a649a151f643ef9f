/** A password from the keyboard, unseen; from a pipe its first line. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** @param ask shows the question, where somebody sits at the keyboard */
export async function readPassword(ask: () => void, signal: AbortSignal): Promise<string> {
  const { stdin } = process;
  if (stdin.isTTY) ask();
  // Readline echoes to its output: there is none.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY });
  try {
    const line = once(lines);
    return await Promise.race([line, aborted(signal)]);
  } finally {
    lines.close();
  }
}

function once(lines: ReturnType<typeof createInterface>): Promise<string> {
  return new Promise((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => {
      resolve('');
    });
  });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
