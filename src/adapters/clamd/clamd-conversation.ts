/** One connection to clamd: one command, its data if it has any, one answer. */
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

export interface ConversationOptions {
  readonly address: string;
  readonly place: NetConnectOpts;
  readonly signal: AbortSignal;
  /** Without any progress; the scan of what was sent counts as one silence. */
  readonly silenceMs: number;
}

/** No answer of clamd is longer; whoever sends more is not clamd. */
const LONGEST_ANSWER = 4096;

/**
 * Sends the command and hears the answer, without its closing NUL.
 * @throws KuraError unavailable `clamd.unreachable`, `clamd.silent`, `clamd.connection-lost`; whatever `body` throws;
 * the signal's reason.
 */
export async function converse(
  command: string,
  options: ConversationOptions,
  body?: AsyncIterable<Uint8Array>,
): Promise<string> {
  options.signal.throwIfAborted();
  const socket = connect(options.place);
  const answer = hear(socket, options);
  // Who sends learns of a failure by the answer, too.
  answer.catch(() => undefined);
  function onAbort(): void {
    socket.destroy();
  }
  options.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await send(socket, Buffer.from(`z${command}\0`));
    if (body !== undefined) await sendAll(socket, body, answer);
    return await answer;
  } finally {
    options.signal.removeEventListener('abort', onAbort);
    socket.destroy();
    options.signal.throwIfAborted();
  }
}

/** Until clamd has said what it has to say, which may be before everything was sent. */
async function sendAll(socket: Socket, body: AsyncIterable<Uint8Array>, answer: Promise<string>): Promise<void> {
  let isSettled = false;
  function settle(): void {
    isSettled = true;
  }
  answer.then(settle, settle);
  for await (const piece of body) {
    // An answer that has arrived is read before clamd's closed door is run into, which would lose it.
    await setImmediate();
    if (isSettled) return;
    await send(socket, piece);
  }
}

/** Done when the piece has gone, or when it never will: `hear` tells then why. */
function send(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve();
    socket.write(bytes, () => {
      resolve();
    });
  });
}

function hear(socket: Socket, { address, silenceMs }: ConversationOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    let isConnected = false;
    function fail(code: string, params: Record<string, string | number>, cause?: unknown): void {
      reject(new KuraError('unavailable', code, { params: { address, ...params }, cause }));
      socket.destroy();
    }
    socket.setEncoding('utf8');
    socket.setTimeout(silenceMs, () => {
      fail('clamd.silent', { seconds: Math.round(silenceMs / SECOND) });
    });
    socket.once('connect', () => {
      isConnected = true;
    });
    socket.on('data', (part: string) => {
      text += part;
      const end = text.indexOf('\0');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > LONGEST_ANSWER) fail('clamd.answer-not-understood', { answer: text.slice(0, 80) });
    });
    socket.once('error', (error) => {
      if (isConnected) fail('clamd.connection-lost', {}, error);
      else fail('clamd.unreachable', { reason: reasonOf(error) }, error);
    });
    socket.once('close', () => {
      fail('clamd.connection-lost', {});
    });
  });
}

function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
