import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { crc32 } from 'node:zlib';

import { KuraError } from '#kernel/errors';
import { KIB, MIB } from '#kernel/units';

import { runCommand } from '../testing/command-runner.ts';
import { hashCommand } from './hash-command.ts';

describe('kura hash', () => {
  let folder = '';
  const large = Buffer.alloc(2 * MIB, 'kura ');
  const tensors = Buffer.from([1, 2, 3, 4]);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-hash-'));
    await writeFile(join(folder, 'large.bin'), large);
    await writeFile(join(folder, '蔵.safetensors'), safetensors(tensors));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('prints one line per file, hex in upper case, AutoV3 for safetensors only', async () => {
    const [first, second] = [join(folder, 'large.bin'), join(folder, '蔵.safetensors')];
    const { code, events } = await runCommand([hashCommand], ['hash', '--json', first, second]);
    assert.equal(code, 0);
    const sha = sha256(large);
    const window = large.subarray(MIB, MIB + 64 * KIB);
    const { hashes, ...facts } = events[0] as { hashes: Record<string, string> };
    const { BLAKE3, ...others } = hashes;
    assert.deepEqual(facts, { path: first, sizeBytes: 2 * MIB });
    assert.deepEqual(others, {
      AutoV1: sha256(window).slice(0, 8),
      AutoV2: sha.slice(0, 10),
      SHA256: sha,
      CRC32: crc32(large).toString(16).padStart(8, '0').toUpperCase(),
    });
    assert.match(BLAKE3 ?? '', /^[0-9A-F]{64}$/);
    const small = events[1]?.['hashes'] as Record<string, string>;
    assert.equal(small['AutoV3'], sha256(tensors).slice(0, 12));
    assert.equal(small['AutoV1'], sha256(Buffer.alloc(0)).slice(0, 8));
    assert.equal(events.length, 2);
  });

  it('goes on after a file it cannot read, and ends as partly done', async () => {
    const [missing, good] = [join(folder, 'missing.bin'), join(folder, 'large.bin')];
    const { code, events, stderr } = await runCommand([hashCommand], ['hash', '--json', missing, good]);
    assert.equal(code, 3);
    assert.deepEqual(
      events.map((event) => [event['event'], event['path'], event['code']]),
      [
        ['error', missing, 'kernel.path-not-found'],
        [undefined, good, undefined],
      ],
    );
    assert.match(stderr, /There is nothing at .*missing\.bin/);
  });

  it('measures the files of a folder in the order of their names', async () => {
    const { code, events } = await runCommand([hashCommand], ['hash', '--json', folder]);
    assert.equal(code, 0);
    assert.deepEqual(
      events.map((event) => event['path']),
      [join(folder, 'large.bin'), join(folder, '蔵.safetensors')],
    );
  });

  it('says whether a published hash agrees, whichever kind it is, and ends with 5 when it does not', async () => {
    const file = join(folder, 'large.bin');
    const sha = sha256(large);
    for (const [expect, algorithm] of [
      [sha, 'SHA256'],
      [sha.toLowerCase().slice(0, 10), 'AutoV2'],
      [crc32(large).toString(16).padStart(8, '0'), 'CRC32'],
    ] as const) {
      const { code, events } = await runCommand([hashCommand], ['hash', '--json', file, '--expect', expect]);
      assert.deepEqual([code, events[0]?.['agrees'], events[0]?.['algorithm']], [0, true, algorithm]);
    }
    const { code, stdout } = await runCommand([hashCommand], ['hash', file, '--expect', 'f'.repeat(64)]);
    assert.equal(code, 5);
    assert.match(stdout, /✖ not what was expected: F{64}/);
    const bad = await runCommand([hashCommand], ['hash', file, '--expect', 'abc']);
    assert.equal(bad.code, 2);
    assert.match(bad.stderr, /is not a hash that models are published with/);
  });

  it('checks a list as sha256sum writes it, names relative to the list', async () => {
    const list = join(folder, 'sums.txt');
    await writeFile(list, `# remark\n${sha256(large).toLowerCase()}  large.bin\r\n${'0'.repeat(64)} *蔵.safetensors\n`);
    const { code, events } = await runCommand([hashCommand], ['hash', '--json', '--check', list]);
    assert.equal(code, 5);
    assert.deepEqual(
      events.map((event) => [event['path'], event['agrees']]),
      [
        [join(folder, 'large.bin'), true],
        [join(folder, '蔵.safetensors'), false],
      ],
    );
    await writeFile(list, `${sha256(large)}  large.bin\nnonsense\n`);
    const broken = await runCommand([hashCommand], ['hash', '--check', list]);
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /Line 2 of the list/);
    await rm(list);
  });

  it('does not open what is no file: a socket, a pipe that would wait for its other end', async () => {
    const socket = join(folder, 'socket');
    await using server = createServer();
    await once(server.listen(socket), 'listening');
    const { code, events } = await runCommand([hashCommand], ['hash', '--json', socket]);
    assert.deepEqual([code, events[0]?.['code']], [1, 'models.not-a-file']);
  });

  it('shows people a table in their language', async () => {
    const { stdout, stderr } = await runCommand([hashCommand], ['hash', join(folder, 'large.bin')], { language: 'ja' });
    assert.match(stdout, /large\.bin {2}\(2 MiB\)\n {2}AutoV1 {2}[0-9A-F]{8}\n/);
    assert.equal(stderr, '');
  });

  it('ends with 130 when it is interrupted', async () => {
    const signal = AbortSignal.abort(new KuraError('interrupted', 'kernel.interrupted'));
    const { code } = await runCommand([hashCommand], ['hash', join(folder, 'large.bin')], { signal });
    assert.equal(code, 130);
  });

  it('needs at least one file', async () => {
    assert.equal((await runCommand([hashCommand], ['hash'])).code, 2);
  });
});

function safetensors(data: Buffer): Buffer {
  const header = Buffer.from(
    JSON.stringify({ w: { dtype: 'U8', shape: [data.length], data_offsets: [0, data.length] } }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, data]);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').toUpperCase();
}
