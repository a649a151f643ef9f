/** Single compressed streams. What is inside is scanned under the name without the extension. */
import { crc32 } from 'node:zlib';

import { KIB } from '#kernel/units';

import { type ByteSource, bufferSource, sliceSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import type { MemberScanner } from './member-scanner.ts';
import { type Codec, openStream } from './open-stream.ts';

export async function scanStream(
  scope: Scope,
  source: ByteSource,
  codec: Exclude<Codec, 'deflate-raw'>,
  scan: MemberScanner,
): Promise<void> {
  const { source: inner, consumed, whole } = await openStream(scope, source, codec);
  await scan(scope.enter(innerName(scope, codec)), inner);
  if (whole) await scanTail(scope, source, consumed, scan);
}

/** gzip (RFC 1952): members one behind the other are one stream; anything else behind them needs an explanation. */
export async function scanGzip(scope: Scope, source: ByteSource, scan: MemberScanner): Promise<void> {
  const parts: Buffer[] = [];
  let offset = 0;
  let whole = true;
  while (whole && isGzip(source, offset)) {
    const start = offset + headerLength(source, offset);
    const part = await openStream(scope, sliceSource(source, start, source.size - start), 'deflate-raw');
    const content = part.source.read(0, part.source.size);
    parts.push(content);
    whole = part.whole;
    offset = start + part.consumed + TRAILER;
    if (whole) checkTrailer(scope, source, offset - TRAILER, content);
  }
  await scan(scope.enter(innerName(scope, 'gzip')), bufferSource(Buffer.concat(parts)));
  if (whole) await scanTail(scope, source, offset, scan);
}

/** What joblib wrote before 0.10: a mark, the length in hexadecimal, spaces, and a zlib stream (numpy_pickle_compat.py). */
export async function scanZfile(scope: Scope, source: ByteSource, scan: MemberScanner): Promise<void> {
  const start = ZFILE_HEADER + (source.read(ZFILE_HEADER, 1)[0] === 0x20 ? 1 : 0);
  await scanStream(scope, sliceSource(source, start, source.size - start), 'zlib', scan);
}

const ZFILE_HEADER = 21;
const TRAILER = 8;
const FIXED_HEADER = 10;
const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;

function isGzip(source: ByteSource, offset: number): boolean {
  return source.read(offset, 3).equals(Buffer.of(0x1f, 0x8b, 8));
}

function headerLength(source: ByteSource, offset: number): number {
  const header = source.read(offset, 64 * KIB);
  const flags = header[3] ?? 0;
  let at = FIXED_HEADER;
  if ((flags & FLAG_EXTRA) !== 0 && at + 2 <= header.length) at += 2 + header.readUInt16LE(at);
  for (const flag of [FLAG_NAME, FLAG_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = header.indexOf(0, at);
    if (end < 0) throw new ScanStop('stream-broken', { offset, evidence: 'header' });
    at = end + 1;
  }
  return at + ((flags & FLAG_HEADER_CRC) === 0 ? 0 : 2);
}

function checkTrailer(scope: Scope, source: ByteSource, offset: number, content: Buffer): void {
  const trailer = source.read(offset, TRAILER);
  const sound =
    trailer.length === TRAILER &&
    trailer.readUInt32LE() === crc32(content) &&
    trailer.readUInt32LE(4) === content.length % 2 ** 32;
  if (!sound) scope.report('stream-broken', { offset, evidence: 'checksum or length' });
}

async function scanTail(scope: Scope, source: ByteSource, offset: number, scan: MemberScanner): Promise<void> {
  if (offset >= source.size) return;
  scope.report('stream-trailing-bytes', { offset, evidence: `${source.size - offset} bytes` });
  await scan(scope.enter(`@${offset}`), sliceSource(source, offset, source.size - offset));
}

function innerName(scope: Scope, codec: string): string {
  const [name = ''] = scope.names;
  const inner = name.replace(/\.t(?:gz|bz2|xz)$/i, '.tar').replace(/\.(?:gz|z|zst|bz2|xz|lzma|lz4)$/i, '');
  return inner === '' ? codec : inner;
}
