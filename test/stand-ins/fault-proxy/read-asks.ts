/** The requests that arrive on one connection. */
import type { Socket } from 'node:net';

export interface RawAsk {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly range: readonly [start: number, end: number | undefined] | undefined;
}

/** Calls `answer` for one request after the other; stops for good when it says that the connection is over. */
export function readAsks(socket: Socket, answer: (ask: RawAsk) => Promise<boolean>): void {
  let text = '';
  let last: Promise<boolean> = Promise.resolve(true);
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const ask = parse(text.slice(0, end));
      text = text.slice(end + 4);
      last = last.then((goesOn) => goesOn && answer(ask));
      last.catch((error: unknown) => {
        socket.destroy();
        // A defect of the proxy, not a fault that was asked for.
        process.stderr.write(`fault proxy: ${String(error)}\n`);
      });
    }
  });
}

function parse(head: string): RawAsk {
  const [first = '', ...lines] = head.split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const [, start, stop] = /^bytes=(\d+)-(\d*)$/.exec(headers['range'] ?? '') ?? [];
  return {
    url: new URL(first.split(' ')[1] ?? '/', 'http://proxy'),
    headers,
    range: start === undefined ? undefined : [Number(start), stop ? Number(stop) + 1 : undefined],
  };
}
