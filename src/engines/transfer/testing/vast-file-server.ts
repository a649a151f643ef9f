/** Serves a file far larger than any test would store: a few true pieces with holes of zeros between them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { KIB } from '#kernel/units';

export interface VastFile {
  readonly sizeBytes: number;
  readonly pieces: readonly { readonly start: number; readonly bytes: Uint8Array }[];
}

export interface VastFileServer extends AsyncDisposable {
  readonly url: string;
  /** The ranges asked for, in order. */
  readonly asked: readonly string[];
  /** Body bytes handed to sockets so far. */
  readonly sentBytes: number;
}

export async function serveVastFile(file: VastFile): Promise<VastFileServer> {
  const asked: string[] = [];
  let sentBytes = 0;
  const server: Server = createServer((request, response) => {
    const range = request.headers.range ?? '';
    asked.push(range);
    const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
    const start = Number(first);
    const end = Math.min(file.sizeBytes, last === '' ? file.sizeBytes : Number(last) + 1);
    response.writeHead(206, {
      'content-type': 'application/octet-stream',
      etag: '"vast"',
      'content-length': end - start,
      'content-range': `bytes ${start}-${end - 1}/${file.sizeBytes}`,
    });
    let at = start;
    function send(): void {
      while (at < end && !response.destroyed) {
        const chunk = bytesOf(file, at, Math.min(end, at + 64 * KIB));
        at += chunk.length;
        sentBytes += chunk.length;
        if (!response.write(chunk)) return;
      }
      response.end();
    }
    response.on('drain', send);
    send();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/vast`,
    asked,
    get sentBytes() {
      return sentBytes;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function bytesOf({ pieces }: VastFile, start: number, end: number): Buffer {
  const bytes = Buffer.alloc(end - start);
  for (const piece of pieces) {
    const from = Math.max(start, piece.start);
    const to = Math.min(end, piece.start + piece.bytes.length);
    if (from < to) bytes.set(piece.bytes.subarray(from - piece.start, to - piece.start), from - start);
  }
  return bytes;
}
