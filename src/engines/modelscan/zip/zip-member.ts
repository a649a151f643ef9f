/** A member as the scanner works with it: both headers, and its bytes on request. */
import { crc32 } from 'node:zlib';

import { MIB } from '#kernel/units';

import { type ByteSource, sliceSource } from '../byte-source.ts';
import type { Decoder } from '../codec/decoder.ts';
import { decodeZipLzma } from '../codec/lzma-file.ts';
import { nameOfZipMethod } from '../container/method-names.ts';
import { type Codec, openStream } from '../container/open-stream.ts';
import type { Scope } from '../scope.ts';
import type { LocalMember } from './local-header.ts';
import { FLAG_ENCRYPTED, type ZipEntry } from './zip-entry.ts';

export interface ZipMember {
  readonly entry: ZipEntry;
  /** Undefined when no local header is where the directory says. */
  readonly local: LocalMember | undefined;
}

const STORED = 0;
const DEFLATED = 8;
const LZMA = 14;
const ZSTD = 93;
/** Methods (APPNOTE 4.4.5) by what opens them. */
const codecs: ReadonlyMap<number, Codec> = new Map<number, Codec>([
  [DEFLATED, 'deflate-raw'],
  [12, 'bzip2'],
  [ZSTD, 'zstd'],
  [95, 'xz'],
]);
/** General purpose bit 1: LZMA ends by a mark. */
const FLAG_LZMA_MARK = 2;
/** Bigger stored members are not read whole only for their checksum. */
const CHECKED_SIZE = 16 * MIB;

/**
 * The bytes of a member by one of its headers. A flag that says "encrypted" does not stop the look: it may lie.
 * Undefined, and reported, when the method is unknown here.
 */
export async function openMember(
  scope: Scope,
  archive: ByteSource,
  member: ZipMember,
): Promise<ByteSource | undefined> {
  const { entry, local } = member;
  if (local === undefined) return undefined;
  const stored = sliceSource(archive, local.dataOffset, entry.compressedSize);
  if (stored.size < entry.compressedSize) scope.report('zip-broken', { evidence: `${entry.name}: cut` });
  if (entry.method === STORED) {
    if (entry.size !== entry.compressedSize) scope.report('zip-headers-disagree', { evidence: `${entry.name}: size` });
    if (stored.size <= CHECKED_SIZE) checkSum(scope, stored, entry);
    return stored;
  }
  const codec = codecOf(entry);
  if (codec === undefined) {
    scope.report('archive-codec', { evidence: `${entry.name}: ${nameOfZipMethod(entry.method)}` });
    return undefined;
  }
  const opened = await openStream(scope, stored, codec);
  if (opened.whole) {
    if (opened.source.size !== entry.size) scope.report('zip-headers-disagree', { evidence: `${entry.name}: size` });
    if (opened.consumed < stored.size)
      scope.report('archive-unexplained-bytes', { evidence: `${entry.name}: after the stream` });
    checkSum(scope, opened.source, entry);
  }
  return opened.source;
}

function codecOf({ method, flags, size }: ZipEntry): Codec | Decoder | undefined {
  if (method === LZMA) return decodeZipLzma((flags & FLAG_LZMA_MARK) === 0 ? size : undefined);
  return codecs.get(method);
}

function checkSum(scope: Scope, source: ByteSource, entry: ZipEntry): void {
  let sum = 0;
  for (let offset = 0; offset < source.size; offset += MIB) sum = crc32(source.read(offset, MIB), sum);
  if (sum !== entry.crc) scope.report('zip-checksum', { evidence: entry.name });
}

/** By either of its headers. */
export function isEncrypted({ entry, local }: ZipMember): boolean {
  return ((entry.flags | (local?.entry.flags ?? 0)) & FLAG_ENCRYPTED) !== 0;
}

/** The layer of a member; what is marked as encrypted is looked at for harm alone. */
export function enterMember(scope: Scope, member: ZipMember): Scope {
  const { name } = member.entry;
  return isEncrypted(member) ? scope.enterEncrypted(name) : scope.enter(name);
}

/** The member as its local header alone describes it, for readers that stream. */
export function localReading({ entry, local }: ZipMember): ZipMember | undefined {
  if (local === undefined) return undefined;
  const { method, compressedSize, size, crc } = local.entry;
  if (compressedSize === 0 && (entry.compressedSize !== 0 || method === entry.method)) {
    return method === entry.method ? undefined : { entry: { ...entry, method }, local };
  }
  const same = method === entry.method && compressedSize === entry.compressedSize;
  return same ? undefined : { entry: { ...entry, name: local.entry.name, method, compressedSize, size, crc }, local };
}
