import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { systemClock } from '#kernel/clock';
import { MIB, SECOND } from '#kernel/units';
import { houseAuthority, localhostCertificate, localhostKey } from '#stand-ins/tls-house';

import { BlockPool } from '../blocks/block-pool.ts';
import { BlockSink } from '../blocks/block-sink.ts';
import { wholeBlocks } from '../blocks/pace.ts';
import { BodyReader } from '../body-reader.ts';
import { randomFile } from '../testing/download-kit.ts';
import { Wire, type WireAnswer } from './wire.ts';

const content = randomFile(9 * MIB + 12_345);
const { signal } = new AbortController();

/** A server on the bare socket: `answer` is given each request's socket and its number on that connection. */
interface Far extends AsyncDisposable {
  readonly url: URL;
  readonly connections: number;
}

async function listen(answer: (socket: Socket, hit: number) => void, isSecure = false): Promise<Far> {
  const sockets = new Set<Socket>();
  function accept(socket: Socket): void {
    let hits = 0;
    let asked = '';
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      asked += chunk.toString('latin1');
      if (!asked.endsWith('\r\n\r\n')) return;
      asked = '';
      hits += 1;
      answer(socket, hits);
    });
  }
  const server: Server = isSecure
    ? createTlsServer({ cert: localhostCertificate, key: localhostKey }, accept)
    : createServer(accept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`${isSecure ? 'https' : 'http'}://127.0.0.1:${port}/file`),
    get connections() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function headFor(length: number): string {
  return `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`;
}

function ask(wire: Wire, url: URL, headersTimeoutMs = 5 * SECOND, stop = signal): Promise<WireAnswer> {
  return wire.request({ url, headers: {}, signal: stop, headersTimeoutMs });
}

/** Reads a body into two blocks of memory, each written so slowly that the connection has to wait all the time. */
async function readSlowly(answer: WireAnswer, size: number): Promise<Buffer> {
  const written = Buffer.alloc(size);
  const sink = new BlockSink({
    pace: wholeBlocks,
    clock: systemClock,
    blocks: new BlockPool(2),
    position: 0,
    signal,
    claim: (count) => count,
    arrived: () => undefined,
    async write([block, ...others], length, position) {
      for (let turns = 0; turns < 20; turns += 1) await turn();
      assert.equal(others.length, 0);
      written.set(block?.bytes.subarray(0, length) ?? [], position);
      block?.release();
    },
  });
  using reader = new BodyReader(answer.body, 5 * SECOND);
  await reader.into(sink);
  await sink.end();
  assert.equal(sink.written, size);
  return written;
}

async function readAll(answer: WireAnswer): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for (let chunk = await answer.body.chunk(); chunk; chunk = await answer.body.chunk()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('Wire', () => {
  for (const isSecure of [false, true]) {
    it(`loses and mixes up nothing when the reader is slower than the line (${isSecure ? 'TLS' : 'plain'})`, async () => {
      await using far = await listen((socket) => {
        socket.write(headFor(content.length));
        socket.write(content);
      }, isSecure);
      using wire = new Wire({ network: { ca: houseAuthority } });
      for (let round = 0; round < 3; round += 1) {
        const answer = await ask(wire, far.url);
        assert.ok((await readSlowly(answer, content.length)).equals(content));
      }
      assert.equal(far.connections, 1, 'read to its end, a connection serves again');
    });
  }

  it('takes a body in chunks, and one that ends with the connection', async () => {
    await using far = await listen((socket, hit) => {
      if (hit === 1) {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
        for (let at = 0; at < content.length; at += 70_001) {
          const piece = content.subarray(at, at + 70_001);
          socket.write(`${piece.length.toString(16)}\r\n`);
          socket.write(piece);
          socket.write('\r\n');
        }
        socket.write('0\r\n\r\n');
      } else {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.end(content);
      }
    });
    using wire = new Wire({});
    assert.ok((await readSlowly(await ask(wire, far.url), content.length)).equals(content));
    assert.ok((await readSlowly(await ask(wire, far.url), content.length)).equals(content));
    assert.equal(far.connections, 1);
  });

  it('reads a head that comes letter by letter, after interim answers', async () => {
    await using far = await listen((socket) => {
      const text = `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${headFor(5)}hello`;
      async function trickle(): Promise<void> {
        for (const letter of text) {
          socket.write(letter);
          await turn();
        }
      }
      void trickle();
    });
    using wire = new Wire({});
    const answer = await ask(wire, far.url);
    assert.equal(answer.status, 200);
    assert.equal((await readAll(answer)).toString(), 'hello');
  });

  it('gives bytes beyond the announced length to nobody, and the connection no second request', async () => {
    await using far = await listen((socket) => socket.write(`${headFor(5)}helloHTTP/1.1 200 OK\r\n\r\n`));
    using wire = new Wire({});
    for (const connections of [1, 2]) {
      assert.equal((await readAll(await ask(wire, far.url))).toString(), 'hello');
      assert.equal(far.connections, connections);
    }
  });

  it('gives what came before a break, and says that it broke', async () => {
    await using far = await listen((socket) => {
      socket.write(headFor(100));
      socket.end('only this');
    });
    using wire = new Wire({});
    const answer = await ask(wire, far.url);
    assert.equal(Buffer.from((await answer.body.chunk()) ?? []).toString(), 'only this');
    await assert.rejects(answer.body.chunk(), { code: 'ECONNRESET' });
  });

  it('asks on a new connection after it was told to come back later', async () => {
    await using far = await listen((socket) => {
      socket.write('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n');
    });
    using wire = new Wire({});
    for (let round = 1; round <= 2; round += 1) {
      const answer = await ask(wire, far.url);
      assert.equal((await readAll(answer)).length, 0);
      assert.deepEqual([answer.status, far.connections], [503, round]);
    }
  });

  it('asks again when a connection that was kept turns out to be closed', async () => {
    await using far = await listen((socket, hit) => {
      if (hit === 1) socket.write(`${headFor(2)}ok`);
      else socket.destroy();
    });
    using wire = new Wire({});
    for (let round = 0; round < 3; round += 1) {
      assert.equal((await readAll(await ask(wire, far.url))).toString(), 'ok');
    }
    assert.equal(far.connections, 3);
  });

  it('gives up on a head that does not come, does not end or makes no sense', async () => {
    await using silent = await listen(() => undefined);
    await using endless = await listen((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`);
    });
    await using noise = await listen((socket) => {
      socket.write('220 mail.example ESMTP\r\n\r\n');
    });
    using wire = new Wire({});
    await assert.rejects(ask(wire, silent.url, 30), { name: 'TransferFault' });
    await assert.rejects(ask(wire, endless.url), { name: 'BadAnswer' });
    await assert.rejects(ask(wire, noise.url), { name: 'BadAnswer' });
  });

  it('ends with the reason of the signal, before the answer and in the middle of it', async () => {
    await using far = await listen((socket, hit) => {
      if (hit === 1) socket.write(`${headFor(100)}some`);
    });
    using wire = new Wire({});
    const stop = new AbortController();
    const answer = await ask(wire, far.url, SECOND, stop.signal);
    assert.equal(Buffer.from((await answer.body.chunk()) ?? []).toString(), 'some');
    const rest = answer.body.chunk();
    stop.abort(new Error('stopped'));
    await assert.rejects(rest, /stopped/);
    await assert.rejects(ask(wire, far.url, SECOND, stop.signal), /stopped/);
  });

  it('shows every address to the policy before it connects', async () => {
    const seen: string[] = [];
    await using far = await listen((socket) => socket.write(`${headFor(2)}ok`));
    far.url.hostname = 'localhost';
    using wire = new Wire({
      egress: {
        checkUrl: () => undefined,
        checkAddress(address) {
          seen.push(address);
          throw new Error('not there');
        },
      },
    });
    await assert.rejects(ask(wire, far.url), /not there/);
    assert.ok(seen.length > 0);
    assert.equal(far.connections, 0);
  });
});
