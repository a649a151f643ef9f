import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { systemClock, systemRandom } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';
import { fileCommands, modelsCommands } from '#models';
import type { CommandRun, RunOptions } from '#platform/cli/testing';
import { startCivitaiSimulator } from '#stand-ins/civitai';
import { startConnectProxy } from '#stand-ins/connect-proxy';
import { houseAuthority, localhostCertificate, localhostKey } from '#stand-ins/tls-house';

import { runCommand } from '../../src/domains/models/testing/command-runner.ts';
import { startFaultServer } from '../../src/engines/transfer/testing/fault-server.ts';

const child = fileURLToPath(new URL('./processes/file-command.ts', import.meta.url));
/** Above 8 MiB, where a file is fetched in pieces. */
const file = randomBytes(24 * MIB + 11);
const sha256 = sha256Of(file);

describe('kura fetch', () => {
  let folder = '';
  let target = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-fetch-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** A place of its own in a folder that does not exist yet. */
  function newTarget(name: string): string {
    target = join(folder, name, 'モデル', 'file.bin');
    return target;
  }

  it('writes the file below folders it makes, and ends with the facts', async () => {
    await using server = await startFaultServer(file);
    const run = await fetchTo(newTarget('new'), [`${server.origin}/f`, '--sha256', sha256.toUpperCase()]);
    assert.equal(run.code, 0, run.stderr);
    const { seconds, ...done } = run.events.at(-1) ?? {};
    assert.deepEqual(done, { event: 'done', path: target, sizeBytes: file.length, sha256, resumedFrom: 0 });
    assert.ok(typeof seconds === 'number' && seconds > 0);
    const phases = run.events.slice(0, -1).map((event) => event['phase']);
    assert.deepEqual([phases.includes('transferring'), phases.at(-1)], [true, 'verified']);
    assert.deepEqual(await readdir(join(target, '..')), ['file.bin']);
    assert.equal(sha256Of(await readFile(target)), sha256);
  });

  it('goes through the proxy it was given, or the one that is configured', async () => {
    await using server = await startFaultServer(file);
    await using proxy = await startConnectProxy();
    const url = `${server.origin}/f`;
    const told = await fetchTo(newTarget('proxy'), [url, '--sha256', sha256, '--proxy', proxy.url]);
    assert.equal(told.code, 0, told.stderr);
    assert.ok(proxy.seen.length > 0 && proxy.seen.every((line) => line === `GET ${url}`), proxy.seen.join('\n'));

    function configuredNetwork() {
      return { proxy: { http: proxy.url } };
    }
    for (const [name, words, isSeen] of [
      ['configured', [], true],
      ['direct', ['--proxy', 'none'], false],
    ] as const) {
      const seen = proxy.seen.length;
      const run = await runCommand(
        fileCommands({ clock: systemClock, random: systemRandom, configuredNetwork }),
        ['fetch', url, '--out', newTarget(name), '--json', ...words],
        {},
      );
      assert.equal(run.code, 0, run.stderr);
      assert.equal(proxy.seen.length > seen, isSeen, name);
    }
  });

  it('trusts the authority it was given, and refuses a file without one', async () => {
    const server = createServer({ cert: localhostCertificate, key: localhostKey }, (_request, response) =>
      response.writeHead(200, { 'content-length': 5 }).end('hello'),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const pem = join(folder, 'house.pem');
      await writeFile(pem, houseAuthority);
      const url = `https://localhost:${port}/f`;
      assert.equal((await fetchTo(newTarget('ca'), [url, '--cacert', pem, '--ipv4'])).code, 0);
      const wrong = await fetchTo(newTarget('no-ca'), [url, '--cacert', join(folder, 'none.pem')]);
      assert.deepEqual([wrong.code, wrong.stderr.includes('outbound.ca-unreadable')], [2, true], wrong.stderr);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('stays within the rate it was given', async () => {
    await using server = await startFaultServer(file.subarray(0, MIB));
    const startedAt = performance.now();
    const run = await fetchTo(newTarget('rate'), [`${server.origin}/f`, '--limit-rate', '2M']);
    assert.equal(run.code, 0, run.stderr);
    // Half a second, less the block that may pass at once.
    assert.ok(performance.now() - startedAt > 200);
    assert.equal((await fetchTo(newTarget('bad'), [`${server.origin}/f`, '--limit-rate', 'fast'])).code, 2);
  });

  it('uses as many connections as it was told', async () => {
    await using server = await startFaultServer(file, () => ({ bytesPerSecond: 8 * MIB }));
    const run = await fetchTo(newTarget('connections'), [`${server.origin}/f`, '--connections', '3']);
    assert.equal(run.code, 0, run.stderr);
    assert.equal(Math.max(...run.events.map((event) => Number(event['connections'] ?? 0))), 3);
  });

  it('keeps wrong bytes under another name and ends with 5', async () => {
    await using server = await startFaultServer(file);
    const run = await fetchTo(newTarget('wrong'), [`${server.origin}/f`, '--sha256', '0'.repeat(64)]);
    assert.equal(run.code, 5);
    assert.equal(run.events.at(-1)?.['code'], 'transfer.hash-mismatch');
    assert.match(run.stderr, /SHA256 is [0-9a-f]{64}, but 0{64} was expected/);
    const [kept = '', ...others] = await readdir(join(target, '..'));
    assert.deepEqual(others, []);
    assert.match(kept, /^file\.bin\.part\.bad/);
    assert.equal(sha256Of(await readFile(join(target, '..', kept))), sha256);
  });

  it('leaves a file of other content alone, fetches nothing when a hash tells them apart', async () => {
    await using server = await startFaultServer(file);
    await mkdir(join(newTarget('taken'), '..'), { recursive: true });
    await writeFile(target, 'old');
    const told = await fetchTo(target, [`${server.origin}/f`, '--sha256', sha256]);
    assert.deepEqual([told.code, told.events.at(-1)?.['code']], [1, 'models.fetch-target-differs']);
    assert.equal(server.requests.length, 0);
    const untold = await fetchTo(target, [`${server.origin}/f`]);
    assert.deepEqual([untold.code, untold.events.at(-1)?.['code']], [1, 'models.fetch-target-exists']);
    assert.match(untold.stderr, /file\.bin\.part/);
    assert.equal(await readFile(target, 'utf8'), 'old');
    // As the advice says: out of the way, and the bytes that wait are used.
    await rm(target);
    const sent = server.sentBytes;
    const again = await fetchTo(target, [`${server.origin}/f`]);
    assert.deepEqual([again.code, again.events.at(-1)?.['resumedFrom']], [0, file.length], again.stderr);
    assert.ok(server.sentBytes - sent < MIB);
  });

  it('has nothing to do when the file is there', async () => {
    await using server = await startFaultServer(file);
    await mkdir(join(newTarget('there'), '..'), { recursive: true });
    await writeFile(target, file);
    for (const hash of [[], ['--sha256', sha256]]) {
      const run = await fetchTo(target, [`${server.origin}/f`, ...hash]);
      assert.deepEqual([run.code, run.events.at(-1)?.['sha256']], [0, sha256], run.stderr);
    }
    assert.deepEqual(await readdir(join(target, '..')), ['file.bin']);
  });

  it('in a folder gives the file the name that the server gives, made harmless, else that of the address', async () => {
    const names: Readonly<Record<string, string>> = {
      '/f': `attachment; filename="x.bin"; filename*=UTF-8''..%2F..%2F%E9%9C%8A%E5%A4%A2%3A.safetensors`,
      '/%E5%A2%A8.bin': 'attachment',
    };
    const server = createPlainServer((request, response) =>
      response
        .writeHead(200, { 'content-disposition': names[request.url ?? ''] ?? '', 'content-length': 5 })
        .end('hello'),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const inside = join(folder, 'in-folder');
    await mkdir(inside);
    try {
      for (const [path, name] of [
        ['/f', '霊夢_.safetensors'],
        ['/%E5%A2%A8.bin', '墨.bin'],
      ]) {
        const run = await fetchTo(inside, [`http://127.0.0.1:${port}${path}`]);
        assert.equal(run.code, 0, run.stderr);
        assert.equal(run.events.at(-1)?.['path'], join(inside, name ?? ''));
      }
      assert.equal((await fetchTo(inside, [`http://127.0.0.1:${port}/f`])).code, 0);
      assert.deepEqual((await readdir(inside)).toSorted(), ['墨.bin', '霊夢_.safetensors'].toSorted());
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('refuses a device as the file, and an address it does not understand', async () => {
    const asDevice = await fetchTo('/dev/null', ['http://127.0.0.1:1/f']);
    assert.deepEqual([asDevice.code, asDevice.events.at(-1)?.['code']], [2, 'models.fetch-target-not-a-file']);
    assert.equal((await fetchTo(newTarget('bad'), ['no address'])).code, 2);
    assert.equal((await fetchTo(newTarget('bad'), ['http://127.0.0.1:1/f', '--sha256', 'beef'])).code, 2);
    assert.equal((await runCommand(commands(), ['fetch', 'http://127.0.0.1:1/f'])).code, 2);
  });

  it('says what the far side says, and nothing gets the name', async () => {
    await using server = await startFaultServer(file, () => ({ status: 404, text: 'gone fishing' }));
    const run = await fetchTo(newTarget('gone'), [`${server.origin}/f`]);
    assert.deepEqual([run.code, run.events.at(-1)?.['code']], [1, 'transfer.not-found']);
    assert.match(run.stderr, /gone fishing/);
    assert.ok(!existsSync(target));
  });

  it('tells people in their language, with the SHA-256', async () => {
    await using server = await startFaultServer(file.subarray(0, 1000));
    const run = await runCommand(commands(), ['fetch', `${server.origin}/f`, '--out', newTarget('ja')], {
      language: 'ja',
    });
    assert.equal(run.code, 0, run.stderr);
    assert.equal(run.stdout.split('\n')[1], `SHA256 ${sha256Of(file.subarray(0, 1000))}`);
    assert.match(run.stdout, /1,000 B、/);
  });

  it('follows the site to its storage; the hashes of what it wrote are those the site publishes', async () => {
    await using simulator = await startCivitaiSimulator();
    const { fileId, versionId, sizeBytes } = simulator.catalogue.known.lora;
    const published: Readonly<Record<string, string>> = { ...(await simulator.hashesOf(fileId)) };
    const address = `${simulator.url}/api/download/models/${versionId}`;
    const run = await fetchTo(newTarget('site'), [address, '--sha256', published['SHA256'] ?? '']);
    assert.deepEqual([run.code, run.events.at(-1)?.['sizeBytes']], [0, sizeBytes], run.stderr);
    const { events } = await runCommand(modelsCommands, ['hash', '--json', target]);
    // The site writes CRC32 with its bytes reversed, and no AutoV1 for short files (civitai-api.md §4.5).
    const CRC32 = Buffer.from(published['CRC32'] ?? '', 'hex')
      .reverse()
      .toString('hex')
      .toUpperCase();
    assert.deepEqual(events[0]?.['hashes'], { AutoV1: 'E3B0C442', ...published, CRC32 });
  });

  it('interrupted, keeps what has arrived, and goes on from there', async () => {
    await using server = await startFaultServer(file, (_, hit) => (hit > 4 ? {} : { bytesPerSecond: 8 * MIB }));
    const stop = new AbortController();
    const broken = await fetchTo(newTarget('interrupted'), [`${server.origin}/f`], {
      signal: stop.signal,
      onOutput: () => {
        if (server.sentBytes > 8 * MIB) stop.abort(new KuraError('interrupted', 'kernel.interrupted'));
      },
    });
    assert.deepEqual([broken.code, broken.events.at(-1)?.['code']], [130, 'transfer.interrupted'], broken.stderr);
    assert.ok((await readdir(join(target, '..'))).includes('file.bin.part'));
    const run = await fetchTo(target, [`${server.origin}/f`, '--sha256', sha256]);
    assert.equal(run.code, 0, run.stderr);
    assert.ok(Number(run.events.at(-1)?.['resumedFrom']) > 4 * MIB);
    assert.equal(sha256Of(await readFile(target)), sha256);
  });

  for (const [signal, outcome] of [
    ['SIGINT', [130, null]],
    ['SIGKILL', [null, 'SIGKILL']],
  ] as const) {
    it(`as a process that gets ${signal}, is continued by the same command`, async () => {
      const large = Buffer.concat([file, file, file]);
      await using server = await startFaultServer(large, (_, hit) => (hit > 4 ? {} : { bytesPerSecond: 12 * MIB }));
      const words = ['fetch', `${server.origin}/f`, '--out', newTarget(signal), '--json'];
      const process = spawn(globalThis.process.execPath, [child, ...words]);
      const ended = once(process, 'exit');
      for await (const chunk of process.stdout) {
        const received = [...String(chunk).matchAll(/"receivedBytes":(\d+)/g)].map(([, count]) => Number(count));
        // Past the second checkpoint of 16 MiB, so that some of it is surely on record.
        if (Math.max(0, ...received) > 36 * MIB) process.kill(signal);
      }
      assert.deepEqual(await ended, outcome);
      const run = await fetchTo(target, [`${server.origin}/f`, '--sha256', sha256Of(large)]);
      assert.equal(run.code, 0, run.stderr);
      assert.ok(Number(run.events.at(-1)?.['resumedFrom']) > 0);
      assert.deepEqual(await readdir(join(target, '..')), ['file.bin']);
    });
  }
});

function commands() {
  return fileCommands({ clock: systemClock, random: systemRandom });
}

function fetchTo(target: string, words: readonly string[], options: RunOptions<unknown> = {}): Promise<CommandRun> {
  return runCommand(commands(), ['fetch', ...words, '--out', target, '--json'], options);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
