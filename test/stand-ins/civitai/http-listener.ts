/** One loopback listener that closes with everything on it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface HttpListener extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
}

export type Exchange = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export async function listen(port: number, exchange: Exchange): Promise<HttpListener> {
  const server = createServer((request, response) => {
    exchange(request, response).catch((error: unknown) => {
      // A defect of the simulator, not a fault that was asked for: loud, and recognisable in the client's log.
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`civitai simulator: ${request.method} ${request.url}: ${text}\n`);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`simulator defect: ${text}`);
    });
  });
  // Slow and stalled transfers are the point here.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
}
