import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { crc32, inflateSync } from 'node:zlib';

import * as fc from 'fast-check';

import { MIB } from '#kernel/units';

import { buildCatalogue, eagerLimit } from '../catalogue/catalogue.ts';
import recordedHashes from '../catalogue/recorded-hashes.json' with { type: 'json' };
import { altered, type Content, joined, keystream, literal } from './content.ts';
import { createHashBook, hashContent } from './file-hashes.ts';
import { encodeJpeg } from './jpeg.ts';
import { paint } from './painting.ts';
import { encodePng } from './png.ts';
import { safetensors } from './safetensors.ts';

const catalogue = buildCatalogue({ seed: 'kura', today: 0, extraModels: 3, realModels: [] });
const files = catalogue.models.flatMap((model) => model.versions.flatMap((version) => version.files));

function fileOf(role: keyof typeof catalogue.known): { content: Content; bytes: Buffer } {
  const content = catalogue.file(catalogue.known[role].fileId)?.content();
  assert.ok(content !== undefined);
  return { content, bytes: Buffer.from(content.read(0, Math.min(content.size, 8 * MIB))) };
}

describe('content', () => {
  it('gives the same bytes for every way of cutting it up', () => {
    const content = joined([literal('head'), keystream('a', 1000), literal(''), literal('mid'), keystream('b', 333)]);
    const whole = Buffer.from(content.read(0, content.size));
    assert.equal(whole.byteLength, 1340);
    fc.assert(
      fc.property(fc.nat(1400), fc.nat(1400), (start, length) => {
        assert.deepEqual(Buffer.from(content.read(start, length)), whole.subarray(start, start + length));
      }),
    );
  });

  it('reads the far end of gigabytes as cheaply as the start', () => {
    const { content } = fileOf('huge');
    const tail = content.read(content.size - 100, 1000);
    assert.equal(tail.byteLength, 100);
    assert.deepEqual(content.read(content.size - 50, 50), tail.subarray(50));
  });

  it('differs from its re-upload by one byte in every 64 KiB, wherever one looks', () => {
    const content = keystream('x', 200_000);
    const other = altered(content);
    const [before, after] = [content.read(0, 200_000), other.read(0, 200_000)];
    const different = [...before.keys()].filter((at) => before[at] !== after[at]);
    assert.deepEqual(different, [0, 65_536, 131_072, 196_608]);
    assert.deepEqual(Buffer.from(other.read(65_000, 1000)), Buffer.from(after.subarray(65_000, 66_000)));
  });
});

describe('generated files', () => {
  it('carry the shape their extension promises', () => {
    for (const file of files) {
      const content = file.content();
      // The broken upload of ten bytes is broken on purpose.
      if (content.size === 10) continue;
      const extension = /\.(\w+)\s*$/.exec(file.uploadName)?.[1] ?? '';
      const check = shapes[extension];
      assert.ok(check !== undefined, `no check for .${extension} (${file.uploadName})`);
      check(content, file.uploadName);
    }
  });

  it('fill a safetensors file to the last byte, alphas as numbers', () => {
    const content = safetensors({
      key: 'k',
      tensors: [{ name: 'a', dtype: 'F16', shape: [3, 4] }],
      scalars: { 'a.alpha': 4 },
      metadata: { ss_tag_frequency: '{}' },
    });
    const bytes = Buffer.from(content.read(0, content.size));
    const headerEnd = 8 + Number(bytes.readBigUInt64LE(0));
    const header: unknown = JSON.parse(bytes.subarray(8, headerEnd).toString());
    assert.deepEqual(header, {
      __metadata__: { ss_tag_frequency: '{}' },
      'a.alpha': { dtype: 'F32', shape: [], data_offsets: [0, 4] },
      a: { dtype: 'F16', shape: [3, 4], data_offsets: [4, 28] },
    });
    assert.equal(headerEnd % 8, 0);
    assert.equal(bytes.readFloatLE(headerEnd), 4);
    assert.equal(bytes.byteLength, headerEnd + 28);
  });

  it('put trained words into the metadata of a LoRA', () => {
    const { bytes } = fileOf('japaneseLora');
    const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString());
    assert.equal(header.__metadata__['modelspec.trigger_phrase'], '水墨画, sumi-e');
  });

  it('hide a call to os.system in the malicious pickle, and nowhere else', () => {
    const guilty = files.filter((file) => {
      const content = file.content();
      return content.size < 8 * MIB && Buffer.from(content.read(0, content.size)).includes('cos\nsystem\n');
    });
    assert.deepEqual(
      guilty.map(({ id }) => id),
      [catalogue.known.maliciousPickle.fileId, catalogue.known.maliciousPickleUnflagged.fileId],
    );
  });

  it('write the legacy torch stream with its magic number', () => {
    const { bytes } = fileOf('legacyCheckpoint');
    assert.equal(bytes.subarray(0, 15).toString('hex'), '80028a0a6cfc9c46f9206aa850192e');
    assert.ok(bytes.includes('ctorch\nFloatStorage\n'));
  });
});

describe('published hashes', () => {
  it('follow the definitions, over the whole file and over its parts', async () => {
    const content = keystream('hashes', 2 * MIB);
    const bytes = content.read(0, content.size);
    const hashes = await hashContent(content);
    const sha = createHash('sha256').update(bytes).digest('hex').toUpperCase();
    assert.equal(hashes.SHA256, sha);
    assert.equal(hashes.AutoV2, sha.slice(0, 10));
    const window = bytes.subarray(0x10_0000, 0x11_0000);
    assert.equal(hashes.AutoV1, createHash('sha256').update(window).digest('hex').toUpperCase().slice(0, 8));
    assert.equal(hashes.AutoV3, undefined);
  });

  it('hash a safetensors file without its header for AutoV3', async () => {
    const plan = { key: 'same', tensors: [{ name: 'a', dtype: 'F16' as const, shape: [8, 8] }] };
    const [one, other] = await Promise.all([
      hashContent(safetensors(plan)),
      hashContent(safetensors({ ...plan, metadata: { note: 'retitled' } })),
    ]);
    assert.notEqual(one.SHA256, other.SHA256);
    assert.equal(one.AutoV3, other.AutoV3);
    assert.equal(
      one.AutoV3,
      createHash('sha256').update(keystream('same', 128).read(0, 128)).digest('hex').toUpperCase().slice(0, 12),
    );
  });

  it('write CRC-32 from the low byte, as the public scanner does', async () => {
    const hashes = await hashContent(literal('hello world'));
    assert.equal(hashes.CRC32, '85114A0D');
    assert.equal(hashes.BLAKE3, 'D74981EFA70A0C880B8D8C1985D075DBCBF679B99A5F9914E5AAF96B831A9E24');
    assert.equal(hashes.AutoV1, undefined);
  });
});

describe('recorded hashes', () => {
  it('exist for every file too big to hash while a client waits, and are true', async () => {
    const recorded = createHashBook(recordedHashes);
    const big = files.map((file) => file.content()).filter((content) => content.size > eagerLimit);
    assert.ok(big.length >= 4);
    for (const content of big) assert.ok(recorded.known(content) !== undefined, 'run main.ts --record-hashes');
    const { content } = fileOf('medium');
    assert.deepEqual(recorded.known(content), await hashContent(content));
  });
});

describe('pictures', () => {
  it('inflate to the promised PNG rows', () => {
    const png = encodePng(paint(77, 40, 30));
    const length = png.readUInt32BE(33);
    assert.equal(png.toString('latin1', 37, 41), 'IDAT');
    assert.equal(inflateSync(png.subarray(41, 41 + length)).byteLength, 30 * (1 + 40 * 3));
    assert.equal(png.readUInt32BE(41 + length), crc32(png.subarray(37, 41 + length)));
  });

  it('decode block by block as JPEG, near the colours painted', () => {
    const painting = paint(123_456, 64, 48);
    const luma = decodeJpegLuma(encodeJpeg(painting), { columns: 8, rows: 6 });
    luma.forEach((value, index) => {
      const [red, green, blue] = painting.colourAt((index % 8) * 8, Math.floor(index / 8) * 8);
      assert.ok(Math.abs(value - (0.299 * red + 0.587 * green + 0.114 * blue)) <= 1.5, `block ${index}`);
    });
  });
});

type ShapeCheck = (content: Content, name: string) => void;

const shapes: Readonly<Record<string, ShapeCheck>> = {
  safetensors: checkSafetensors,
  gguf: (content, name) => {
    const head = Buffer.from(content.read(0, 8));
    assert.equal(head.toString('latin1', 0, 4), 'GGUF', name);
    assert.equal(head.readUInt32LE(4), 3, name);
    assert.equal(content.size % 32, 0, name);
  },
  ckpt: checkTorch,
  pt: checkTorch,
  pth: checkTorch,
  npz: checkZip,
  zip: checkZip,
  yaml: () => undefined,
  json: (content) => void JSON.parse(Buffer.from(content.read(0, content.size)).toString()),
};

function checkSafetensors(content: Content, name: string): void {
  const length = Number(Buffer.from(content.read(0, 8)).readBigUInt64LE(0));
  const header: Record<string, { data_offsets?: [number, number] }> = JSON.parse(
    Buffer.from(content.read(8, length)).toString(),
  );
  const ends = Object.values(header).map((entry) => entry.data_offsets?.[1] ?? 0);
  assert.equal(8 + length + Math.max(...ends), content.size, name);
}

function checkTorch(content: Content, name: string): void {
  if (content.read(0, 1)[0] === 0x80) return;
  checkZip(content, name);
}

/** Every entry: local header where the directory says, and a CRC that fits its bytes. */
function checkZip(content: Content, name: string): void {
  const bytes = Buffer.from(content.read(0, content.size));
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n -= 1) {
    assert.equal(bytes.readUInt32LE(at), 0x0201_4b50, name);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const size = bytes.readUInt32LE(at + 24);
    assert.equal(crc32(bytes.subarray(start, start + size)), bytes.readUInt32LE(at + 16), name);
    at += 46 + bytes.readUInt16LE(at + 28);
  }
  assert.equal(at, end, name);
}

/** A decoder for exactly our kind of JPEG, reading the Huffman table from the file. */
function decodeJpegLuma(jpeg: Buffer, grid: { columns: number; rows: number }): number[] {
  assert.equal(jpeg.readUInt16BE(0), 0xffd8);
  assert.equal(jpeg.readUInt16BE(jpeg.byteLength - 2), 0xffd9);
  const table = jpeg.indexOf(Buffer.from([0xff, 0xc4, 0, 31, 0]));
  const codes = new Map<string, number>();
  let code = 0;
  let symbol = 0;
  for (let length = 1; length <= 16; length += 1) {
    for (let n = jpeg[table + 4 + length] ?? 0; n > 0; n -= 1) {
      codes.set(code.toString(2).padStart(length, '0'), jpeg[table + 21 + symbol] ?? 0);
      code += 1;
      symbol += 1;
    }
    code <<= 1;
  }
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda])) + 14;
  const data = jpeg.subarray(scan, -2).toString('latin1').replaceAll('\xff\x00', '\xff');
  const bits = [...Buffer.from(data, 'latin1')].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let at = 0;
  function take(length: number): string {
    at += length;
    return bits.slice(at - length, at);
  }
  function difference(): number {
    let prefix = '';
    while (!codes.has(prefix)) prefix += take(1);
    const length = codes.get(prefix) ?? 0;
    if (length === 0) return 0;
    const value = Number.parseInt(take(length), 2);
    return value < 2 ** (length - 1) ? value - 2 ** length + 1 : value;
  }
  const luma: number[] = [];
  const levels = [0, 0, 0];
  for (let block = 0; block < grid.columns * grid.rows; block += 1) {
    for (const channel of levels.keys()) {
      levels[channel] = (levels[channel] ?? 0) + difference();
      assert.equal(take(1), '0', 'end of block');
    }
    luma.push((levels[0] ?? 0) + 128);
  }
  assert.ok(bits.length - at < 8, 'only padding is left');
  return luma;
}
