/** ClamAV through clamd: the real daemon, and daemons that behave badly. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { createClamdScanner } from '#adapters/clamd';
import { GIB } from '#kernel/units';
import { unlessInstalled } from '#stand-ins/child-server';
import { clamdProgram, startClamd, testVirus } from '#stand-ins/clamd';

import { virusScannerContract } from '../../src/domains/models/testing/virus-scanner-kit.ts';

const never = new AbortController().signal;
const skip = unlessInstalled('clamd', clamdProgram());

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kura-clamd-test-'));
});
after(async () => rm(folder, { recursive: true }));

async function fileOf(bytes: number): Promise<string> {
  const path = join(folder, `${bytes}.bin`);
  await writeFile(path, '');
  await truncate(path, bytes);
  return path;
}

virusScannerContract(
  'clamd',
  async () => {
    const server = await startClamd();
    return {
      scanner: createClamdScanner({ address: server.address }),
      virus: { content: testVirus(), signature: server.signature },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
  { skip },
);

describe('a real clamd', { skip }, () => {
  it('finds what stands behind megabytes, and what the stream brings in the last byte of a piece', async () => {
    await using server = await startClamd(['StreamMaxLength 30M']);
    const scanner = createClamdScanner({ address: server.address });
    for (const before of [0, 256 * 1024 - 30, 20_000_000]) {
      const path = join(folder, 'deep.bin');
      await writeFile(path, Buffer.concat([Buffer.alloc(before, 'ab'), Buffer.from(testVirus())]));
      assert.equal((await scanner.scan(path, never)).signature, server.signature, `after ${before} bytes`);
    }
  });

  it('does not call clean what is longer than it takes', async () => {
    await using server = await startClamd(['StreamMaxLength 1M']);
    const scanner = createClamdScanner({ address: server.address });
    for (const bytes of [1_100_000, 3_000_000, 40_000_000]) {
      const scan = await scanner.scan(await fileOf(bytes), never);
      assert.deepEqual([scan.result, scan.reason?.code], ['not-scanned', 'clamd.stream-limit'], `${bytes} bytes`);
    }
    assert.equal((await scanner.scan(await fileOf(1_000_000), never)).result, 'clean');
  });

  it('does not call infected what only meets one of its limits', async () => {
    await using server = await startClamd(['AlertExceedsMax yes', 'MaxFileSize 1M', 'MaxScanSize 1M']);
    const scan = await createClamdScanner({ address: server.address }).scan(await fileOf(2_000_000), never);
    assert.deepEqual([scan.result, scan.reason?.code], ['not-scanned', 'clamd.scan-limit']);
  });

  it('is not asked about what it would skip', async () => {
    await using server = await startClamd();
    const scan = await createClamdScanner({ address: server.address }).scan(await fileOf(2 * GIB), never);
    assert.equal(scan.reason?.code, 'clamd.too-large');
  });

  it('that is gone is no verdict, and is asked again when it is back', async () => {
    const server = await startClamd();
    const scanner = createClamdScanner({ address: server.address });
    const path = await fileOf(100);
    await server.kill();
    assert.equal((await scanner.scan(path, never)).reason?.code, 'clamd.unreachable');
    await assert.rejects(scanner.state(never), { kind: 'unavailable', code: 'clamd.unreachable' });
    await server[Symbol.asyncDispose]();
    assert.equal((await scanner.scan(path, never)).result, 'not-scanned');
  });
});

/** Says who it is, and does with a stream what the test says. */
async function impostor(onStream: (socket: Socket) => void, version = 'ClamAV 1.4.6/27500/Sat Dec 28 09:31:26 2024') {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (bytes: Buffer) => {
      if (bytes.toString().startsWith('zVERSION')) socket.end(`${version}\0`);
      else onStream(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = server.address();
  assert.ok(place !== null && typeof place === 'object');
  return {
    address: `127.0.0.1:${place.port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('a clamd that behaves badly', () => {
  async function outcome(onStream: (socket: Socket) => void, bytes = 3_000_000): Promise<unknown[]> {
    await using server = await impostor(onStream);
    const scanner = createClamdScanner({ address: server.address, silenceMs: 300 });
    const scan = await scanner.scan(await fileOf(bytes), never);
    return [scan.result, scan.reason?.code, scan.engine?.signatures.version];
  }

  it('and dies in the middle of a file has said nothing of it', async () => {
    assert.deepEqual(await outcome((socket) => socket.destroy()), ['not-scanned', 'clamd.connection-lost', '27500']);
    const resetting = await outcome((socket) => socket.resetAndDestroy());
    assert.deepEqual(resetting, ['not-scanned', 'clamd.connection-lost', '27500']);
  });

  it('and hangs up without an answer has said nothing of it', async () => {
    const result = await outcome((socket) => {
      socket.resume();
      socket.end('stream: O');
    });
    assert.deepEqual(result, ['not-scanned', 'clamd.connection-lost', '27500']);
  });

  it('and answers nonsense is not believed', async () => {
    for (const words of ['HTTP/1.1 200 OK', 'OK', 'stream: OK stream: OK', 'stream:  FOUND', '']) {
      const result = await outcome((socket) => {
        socket.resume();
        socket.end(`${words}\0`);
      });
      assert.deepEqual(result.slice(0, 2), ['not-scanned', 'clamd.answer-not-understood'], words);
    }
    const endless = await outcome((socket) => socket.resume().write('x'.repeat(100_000)));
    assert.equal(endless[1], 'clamd.answer-not-understood');
  });

  it('and falls silent is not waited for', async () => {
    assert.equal((await outcome((socket) => socket.pause(), 100))[1], 'clamd.silent');
    assert.equal((await outcome((socket) => socket.pause()))[1], 'clamd.silent', 'with a stream that is stuck');
  });

  it('and is somebody else is told apart', async () => {
    await using server = await impostor((socket) => socket.end('stream: OK\0'), 'SSH-2.0-OpenSSH_9.2');
    const scan = await createClamdScanner({ address: server.address }).scan(await fileOf(10), never);
    assert.deepEqual(
      [scan.result, scan.engine, scan.reason?.code],
      ['not-scanned', null, 'clamd.answer-not-understood'],
    );
  });

  it('and is stopped by the person ends at once', async () => {
    await using server = await impostor((socket) => socket.pause());
    const stop = new AbortController();
    const scan = createClamdScanner({ address: server.address }).scan(await fileOf(3_000_000), stop.signal);
    const reason = new Error('enough');
    setTimeout(() => stop.abort(reason), 50);
    await assert.rejects(scan, reason);
  });
});
