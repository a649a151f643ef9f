/** Archives whose readers would see different things, bombs, names and links (scan-rules §5). */
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';

import { MIB } from '#kernel/units';

import { goodSafetensors, writeTar } from '../model-writer.ts';
import { harmlessPickle, maliciousPickle } from '../pickle-assembler.ts';
import { type Fields, writeZip, type ZipFile, type ZipShape } from '../zip-writer.ts';
import { sample } from './sample.ts';
import type { Techniques } from './technique.ts';

const good: ZipFile = { name: 'a.safetensors', content: goodSafetensors() };
const bad: ZipFile = { name: 'b.pkl', content: maliciousPickle() };

function zip(...files: readonly ZipFile[]): Buffer {
  return writeZip(files);
}

function shaped(shape: ZipShape, ...files: readonly ZipFile[]): Buffer {
  return writeZip(files.length === 0 ? [good] : files, shape);
}

/** The same lie in both headers. */
function both(file: ZipFile, lie: Partial<Fields>): ZipFile {
  return { ...file, local: lie, central: lie };
}

function withoutDirectory(archive: Buffer): Buffer {
  return archive.subarray(0, archive.indexOf('PK\x01\x02'));
}

function changed(content: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(content);
  change(copy);
  return copy;
}

function nested(depth: number, content: Buffer): Buffer {
  let archive = content;
  for (let level = 0; level < depth; level += 1) archive = zip({ name: `d${level}.zip`, content: archive });
  return archive;
}

const tar = writeTar([{ name: 'm.pkl', content: harmlessPickle() }]);
const hidden = withoutDirectory(zip(bad));

export const archiveTechniques: Techniques = {
  'is one inside every container': {
    rule: 'pickle-import-process',
    samples: {
      'stored.zip': zip(bad),
      'deflated.zip': zip({ ...bad, deflate: true }),
      'unknown-name.zip': zip({ ...bad, name: 'LICENSE' }),
      'picture.zip': zip({ ...bad, name: 'a.png' }),
      'zip-in-zip.zip': nested(2, zip(bad)),
      'tar.tar': writeTar([{ name: 'm', content: maliciousPickle() }]),
      'gzip.pkl.gz': gzipSync(maliciousPickle()),
      'tar.gz': gzipSync(writeTar([{ name: 'm', content: maliciousPickle() }])),
      'zlib.joblib': deflateSync(maliciousPickle()),
      'zstd.pkl.zst': zstdCompressSync(maliciousPickle()),
      'bzip2.pkl.bz2': sample('joblib-files/dangerous-two-streams.bz2.pkl'),
      'xz.pkl.xz': sample('joblib-files/dangerous-call-xz.joblib'),
      'lzma.joblib': sample('joblib-files/dangerous-call-lzma.joblib'),
      'lz4.joblib': sample('joblib-files/dangerous-call-lz4.joblib'),
      'zfile.joblib': sample('joblib-files/dangerous-before-0.10.pkl'),
      'method-12.zip': sample('joblib-files/dangerous-bzip2.zip'),
      'method-14.zip': sample('joblib-files/dangerous-lzma.zip'),
      'lzma2.7z': sample('7z-files/dangerous-lzma2.7z'),
      'solid.7z': sample('7z-files/dangerous-two-coders.7z'),
    },
  },
  'is hidden from one of two readers': {
    rule: 'pickle-import-process',
    samples: {
      'wrong-checksum.zip': zip(both(bad, { crc: 5 })),
      'encrypted-flag.zip': zip(both(bad, { flags: 0x801 })),
      'encrypted-flag-central.zip': zip({ ...bad, central: { flags: 0x801 } }),
      'not-in-directory.zip': shaped({ gap: hidden }),
      'before-the-archive.zip': shaped({ prefix: maliciousPickle() }),
      'two-archives.zip': shaped({ prefix: zip(bad) }),
      'behind-the-archive.zip': shaped({ suffix: maliciousPickle() }),
      'in-the-comment.zip': shaped({ comment: maliciousPickle() }),
      'no-directory.zip': hidden,
      'local-size.zip': zip({ ...bad, central: { compressedSize: 2, size: 2 } }),
      'local-method.zip': zip({ ...bad, deflate: true, central: { method: 0 } }),
      'duplicate.zip': zip({ ...bad, name: 'a.pkl' }, { name: 'a.pkl', content: harmlessPickle() }),
      'behind-the-end.tar': Buffer.concat([tar, writeTar([{ name: 'x', content: maliciousPickle() }])]),
      'behind-the-stream.pkl.gz': Buffer.concat([gzipSync(harmlessPickle()), maliciousPickle()]),
      'behind-the-archive.7z': Buffer.concat([sample('7z-files/clean-lzma2.7z'), maliciousPickle()]),
    },
  },
  'contradicts itself in its headers': {
    rule: 'zip-headers-disagree',
    samples: {
      'name.zip': zip({ ...good, local: { name: 'x.safetensors' } }),
      'flags.zip': zip({ ...good, local: { flags: 0 } }),
      'checksum.zip': zip({ ...good, local: { crc: 1 } }),
      'count.zip': shaped({ count: 2 }),
      'descriptor.zip': zip({ ...good, local: { flags: 0x808, crc: 0, size: 0, compressedSize: 0 } }),
    },
  },
  'names two members alike': {
    rule: 'archive-duplicate-member',
    samples: {
      'same.zip': zip(good, good),
      'case.zip': zip(good, { ...good, name: 'A.Safetensors' }),
      'slash.zip': zip({ ...good, name: 'x/a.safetensors' }, { ...good, name: 'x\\a.safetensors' }),
      'same.tar': writeTar([
        { name: 'm.pkl', content: harmlessPickle() },
        { name: 'm.pkl', content: harmlessPickle() },
      ]),
    },
  },
  'has bytes that nothing explains': {
    rule: 'archive-unexplained-bytes',
    samples: {
      'before.tar': Buffer.concat([tar, tar]),
      'between.zip': shaped({ gap: Buffer.from('{"a": 1}') }),
      'behind.zip': shaped({ suffix: Buffer.from('{"a": 1}') }),
      'behind.tar': Buffer.concat([tar, Buffer.from('{"a": 1}')]),
      'behind.7z': Buffer.concat([sample('7z-files/clean-lzma2.7z'), Buffer.from('{"a": 1}')]),
    },
  },
  'breaks as a zip': {
    rule: 'zip-broken',
    samples: {
      'no-directory.zip': withoutDirectory(zip(good)),
      'no-local-header.zip': zip({ ...good, central: { offset: 3 } }),
      'cut.zip': zip(good).subarray(0, -30),
      'member-past-the-end.zip': zip(both(good, { compressedSize: 1e6, size: 1e6 })),
    },
  },
  'lets members overlap': {
    rule: 'zip-overlap',
    samples: {
      'same-data.zip': zip(good, { ...good, name: 'c.safetensors', central: { offset: 0 } }),
      'longer.zip': zip(both(good, { size: 400, compressedSize: 400 }), { ...good, name: 'b.safetensors' }),
      'directory.zip': zip(both(good, { size: 230, compressedSize: 230 })),
    },
  },
  'has content of another checksum': {
    rule: 'zip-checksum',
    samples: {
      'stored.zip': zip(both(good, { crc: 1 })),
      'deflated.zip': zip(both({ ...good, deflate: true }, { crc: 1 })),
      'copied.7z': changed(sample('7z-files/clean-copy.7z'), (copy) => copy.writeUInt8(copy.readUInt8(40) ^ 1, 40)),
    },
  },
  'grows without end': {
    rule: 'archive-bomb',
    samples: {
      'ratio.zip': zip({ name: 'zeros.txt', content: Buffer.alloc(20 * MIB), deflate: true }),
      'announced.zip': zip(both(good, { size: 2 ** 31, compressedSize: good.content.length, method: 8 })),
      'inner.zip': zip({
        name: 'inner.zip',
        content: zip({ name: 'zeros.txt', content: Buffer.alloc(20 * MIB), deflate: true }),
      }),
    },
  },
  'has more members than anybody reads': {
    rule: 'archive-entries',
    limits: { archiveEntries: 20 },
    samples: {
      'announced.zip': changed(zip(good), (copy) => copy.fill(0xff, copy.length - 14, copy.length - 10)),
      'many.zip': zip(...Array.from({ length: 21 }, (_, index) => ({ ...good, name: `${index}.safetensors` }))),
      'many.tar': writeTar(Array.from({ length: 21 }, (_, index) => ({ name: `${index}.txt` }))),
      'nested.zip': zip(
        ...['a', 'b', 'c'].map((name) => ({
          name,
          content: zip(...Array.from({ length: 7 }, (_, index) => ({ ...good, name: `${index}.safetensors` }))),
        })),
      ),
    },
  },
  'lies too deep': {
    rule: 'archive-depth',
    samples: {
      'zip.zip': nested(4, zip(bad)),
      'gzip.zip': nested(4, gzipSync(maliciousPickle())),
      'tar.zip': nested(4, tar),
    },
  },
  'would land outside of its folder': {
    rule: 'archive-path-escape',
    samples: {
      'absolute.zip': zip({ ...good, name: '/etc/cron.d/x.safetensors' }),
      'climbing.zip': zip({ ...good, name: 'a/../../x.safetensors' }),
      'drive.zip': zip({ ...good, name: 'C:\\x.safetensors' }),
      'share.zip': zip({ ...good, name: '\\\\host\\x.safetensors' }),
      'turned-around.zip': zip({ ...good, name: 'a\u202esrotnes.safetensors' }),
      'zero.zip': zip({ ...good, name: 'a.pkl\0.txt' }),
      'climbing.tar': writeTar([{ name: '../m.pkl', content: harmlessPickle() }]),
      'long-name.tar': writeTar([
        { name: '././@LongLink', type: 'L', content: Buffer.from('../../x.pkl\0') },
        { name: 'x.pkl', content: harmlessPickle() },
      ]),
      'pax-path.tar': writeTar([
        { name: 'pax', type: 'x', content: Buffer.from('18 path=../../x.pkl\n') },
        { name: 'x.pkl', content: harmlessPickle() },
      ]),
      'pax-within-a-line.tar': writeTar([
        { name: 'pax', type: 'x', content: Buffer.from('13 comment=ab18 path=../../x.pkl\n') },
        { name: 'x.pkl', content: harmlessPickle() },
      ]),
      'sparse-name.tar': writeTar([
        { name: 'pax', type: 'x', content: Buffer.from('29 GNU.sparse.name=../../x.p\n') },
        { name: 'x.pkl', content: harmlessPickle() },
      ]),
    },
  },
  'bears names that cannot be shown': {
    rule: 'archive-name-unprintable',
    samples: {
      'bell.zip': zip({ ...good, name: 'a\u0007.safetensors' }),
      'escape.zip': zip({ ...good, name: 'a\u001b[2J.safetensors' }),
      'empty.zip': zip({ ...good, name: '' }),
      'line.tar': writeTar([{ name: 'a\nb.pkl', content: harmlessPickle() }]),
    },
  },
  'links inside': {
    rule: 'archive-link',
    samples: {
      'link.zip': zip(good, { name: 'l', unixMode: 0o120_777, content: Buffer.from('a.safetensors') }),
      'link.tar': writeTar([{ name: 'l', type: '2', link: 'm.pkl' }]),
      'hard.tar': writeTar([{ name: 'h', type: '1', link: 'm.pkl' }]),
    },
  },
  'links out': {
    rule: 'archive-link-escape',
    samples: {
      'climbing.zip': zip(good, { name: 'l', unixMode: 0o120_777, content: Buffer.from('../../x') }),
      'absolute.zip': zip(good, { name: 'l', unixMode: 0o120_777, content: Buffer.from('/etc/passwd') }),
      'climbing.tar': writeTar([{ name: 'l', type: '2', link: '../../x' }]),
      'hard.tar': writeTar([{ name: 'l', type: '1', link: '/etc/shadow' }]),
      'pax-link.tar': writeTar([
        { name: 'pax', type: 'x', content: Buffer.from('25 linkpath=/etc/shadow\n') },
        { name: 'l', type: '2', link: 'm.pkl' },
      ]),
      'link.7z': sample('7z-files/dangerous-link.7z'),
    },
  },
  'brings devices': {
    rule: 'archive-device',
    samples: {
      'character.tar': writeTar([{ name: 'd', type: '3' }]),
      'block.tar': writeTar([{ name: 'd', type: '4' }]),
      'pipe.tar': writeTar([{ name: 'd', type: '6' }]),
      'device.zip': zip({ name: 'd', unixMode: 0o020_666, content: Buffer.alloc(0) }),
    },
  },
  'is locked': {
    rule: 'archive-encrypted',
    samples: {
      'flag.zip': zip(both(good, { flags: 0x801 })),
      'aes.zip': zip(both(good, { flags: 0x801, method: 99 })),
      'stored.zip': zip(
        both({ ...good, content: Buffer.alloc(300, '\x93\x17\xe8', 'latin1') }, { flags: 0x801, crc: 5 }),
      ),
      'deflated.zip': zip(both({ ...good, content: Buffer.alloc(300, 0xe7) }, { flags: 0x809, crc: 5, method: 8 })),
      'one-header.zip': zip({ ...good, local: { flags: 0x801 } }),
      'content.7z': sample('7z-files/suspicious-encrypted.7z'),
      'listing.7z': sample('7z-files/suspicious-encrypted-listing.7z'),
    },
  },
  'is packed by a method nobody reads here': {
    rule: 'archive-codec',
    samples: {
      'implode.zip': zip(both(good, { method: 6 })),
      'deflate64.zip': zip(both(good, { method: 9 })),
      'archive.rar': Buffer.concat([Buffer.from('526172211a0700', 'hex'), Buffer.alloc(60)]),
      'sparse.tar': writeTar([{ name: 'x.pkl', type: 'S', content: harmlessPickle() }]),
    },
  },
  'breaks as a tar': {
    rule: 'tar-broken',
    samples: {
      'no-end.tar': tar.subarray(0, 1024),
      'checksum-of-second.tar': changed(Buffer.concat([tar.subarray(0, 1024), tar]), (copy) =>
        copy.writeUInt8(0x7a, 1024),
      ),
      'size.tar': changed(writeTar([{ name: 'a' }]).subarray(0, 1000), () => {}),
    },
  },
  'breaks as a 7z': {
    rule: '7z-broken',
    samples: {
      'start.7z': changed(sample('7z-files/clean-copy.7z'), (copy) => copy.writeUInt8(1, 12)),
      'cut.7z': sample('7z-files/clean-copy.7z').subarray(0, -20),
      'only-the-mark.7z': Buffer.from('377abcaf271c0004', 'hex'),
    },
  },
  'breaks as a stream': {
    rule: 'stream-broken',
    samples: {
      'cut.pkl.gz': gzipSync(harmlessPickle()).subarray(0, -9),
      'checksum.pkl.gz': changed(gzipSync(harmlessPickle()), (copy) => copy.writeUInt8(1, copy.length - 8)),
      'cut.pkl.bz2': sample('joblib-files/clean-plain-bz2.joblib').subarray(0, -9),
      'cut.joblib': deflateSync(Buffer.alloc(100, 'N')).subarray(0, -7),
      'cut.zst': zstdCompressSync(harmlessPickle()).subarray(0, -3),
    },
  },
  'has something behind its stream': {
    rule: 'stream-trailing-bytes',
    samples: {
      'text.pkl.gz': Buffer.concat([gzipSync(harmlessPickle()), Buffer.from('note')]),
      'text.joblib': Buffer.concat([deflateSync(harmlessPickle()), Buffer.from('note')]),
      'text.pkl.bz2': Buffer.concat([sample('joblib-files/clean-plain-bz2.joblib'), Buffer.from('note')]),
    },
  },
  'packs more than is looked at': {
    rule: 'stream-limit',
    limits: { inflatedMember: 100 },
    samples: {
      'text.txt.gz': gzipSync('text '.repeat(100)),
      'text.txt.zst': zstdCompressSync(Buffer.alloc(200, 'text')),
      'text.zip': zip({ name: 'a.txt', content: Buffer.alloc(5000, 65), deflate: true }),
    },
  },
  'is a tar only by the old sum of its header': {
    rule: 'pickle-import-process',
    samples: Object.fromEntries(
      ['\u00e9', '\u00fc.pkl', '\u3042/m'].map((name) => [`${name.length}.tar`, signedSum(name)]),
    ),
  },
};

/** Early writers summed the bytes of a header as signed ones; readers still take both sums. */
function signedSum(name: string): Buffer {
  return changed(writeTar([{ name, content: maliciousPickle() }]), (copy) => {
    copy.fill(' ', 148, 156);
    const sum = copy.subarray(0, 512).reduce((total, byte) => total + (byte > 127 ? byte - 256 : byte), 0);
    copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  });
}
