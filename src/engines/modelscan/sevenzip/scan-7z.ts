/** 7z archives: the listing, and every file of every folder that can be unpacked. */
import { crc32 } from 'node:zlib';

import { MIB } from '#kernel/units';

import { type ByteSource, sliceSource } from '../byte-source.ts';
import { foldName, judgeLink, judgeMemberName } from '../container/member-name.ts';
import type { MemberScanner } from '../container/member-scanner.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { type ArchiveFile, type ArchiveHeader, noStreams, readArchiveHeader } from './archive-header.ts';
import { HeaderCursor } from './header-cursor.ts';
import { ids } from './property-ids.ts';
import { readStreamsInfo, type StreamsInfo, type Substream } from './streams-info.ts';
import { unpackFolder } from './unpack-folder.ts';

const START = 32;
const LONGEST_HEADER = 64 * MIB;
const SYMBOLIC_LINK = 0o120_000;
const FILE_TYPE = 0o170_000;

export async function scan7z(scope: Scope, source: ByteSource, scan: MemberScanner): Promise<void> {
  const { content, end } = nextHeader(scope, source);
  if (end < source.size)
    scope.report('archive-unexplained-bytes', { offset: end, evidence: `${source.size - end} bytes at the end` });
  const { header, packedHeader } = await readHeader(scope, source, content);
  const streams = header.streams;
  const packed = [...streams.packSizes, ...packedHeader].reduce((sum, size) => sum + size, START);
  if (packed + content.length !== end)
    scope.report('archive-unexplained-bytes', {
      evidence: `${end - content.length - packed} bytes between the streams`,
    });
  judgeNames(scope, header.files);
  checkBomb(scope, source, streams);
  await scanFolders(scope, source, { header, scan });
  if (end < source.size) await scan(scope.enter(`@${end}`), sliceSource(source, end, source.size - end));
}

/** The first 32 bytes say where the listing lies. */
function nextHeader(scope: Scope, source: ByteSource): { content: Buffer; end: number } {
  const start = source.read(0, START);
  if (start.length < START || crc32(start.subarray(12)) !== start.readUInt32LE(8))
    throw new ScanStop('7z-broken', { offset: 8, evidence: 'start header' });
  const [offset, size] = [Number(start.readBigUInt64LE(12)), Number(start.readBigUInt64LE(20))];
  if (size > LONGEST_HEADER || START + offset + size > source.size)
    throw new ScanStop('7z-broken', { offset: 12, evidence: `header of ${size} bytes at ${offset}` });
  const content = source.read(START + offset, size);
  if (crc32(content) !== start.readUInt32LE(28)) scope.report('zip-checksum', { offset: 28, evidence: 'header' });
  return { content, end: START + offset + size };
}

interface ReadHeader {
  readonly header: ArchiveHeader;
  /** Sizes of the streams the listing itself was packed in. */
  readonly packedHeader: readonly number[];
}

async function readHeader(scope: Scope, source: ByteSource, content: Buffer): Promise<ReadHeader> {
  const { archiveEntries } = scope.context.limits;
  if (content.length === 0) return { header: { streams: noStreams, files: [] }, packedHeader: [] };
  const cursor = new HeaderCursor(content);
  const id = cursor.byte();
  if (id === ids.header) return { header: readArchiveHeader(cursor, archiveEntries), packedHeader: [] };
  if (id !== ids.encodedHeader) throw cursor.broken(`property ${id}`);
  const streams = readStreamsInfo(cursor);
  const [folder] = streams.folders;
  const packed = [...packedStreams(source, streams)];
  const unpacked = folder === undefined ? undefined : await unpackFolder(scope, packed, folder);
  if (unpacked === undefined) throw new ScanStop('archive-codec', { evidence: 'packed listing' });
  const inner = new HeaderCursor(unpacked.read(0, unpacked.size));
  inner.expect(ids.header);
  return { header: readArchiveHeader(inner, archiveEntries), packedHeader: streams.packSizes };
}

/** The packed streams, one behind the other. */
function* packedStreams(
  source: ByteSource,
  { packPosition, packSizes }: StreamsInfo,
): Generator<ByteSource, undefined> {
  let at = START + packPosition;
  for (const size of packSizes) {
    yield sliceSource(source, at, size);
    at += size;
  }
}

function judgeNames(scope: Scope, files: readonly ArchiveFile[]): void {
  scope.context.entries += files.length;
  const { archiveEntries } = scope.context.limits;
  if (scope.context.entries > archiveEntries)
    throw new ScanStop('archive-entries', { evidence: `> ${archiveEntries}` });
  const seen = new Set<string>();
  for (const { name } of files) {
    judgeMemberName(scope, name, 0);
    if (seen.has(foldName(name))) scope.report('archive-duplicate-member', { evidence: name });
    seen.add(foldName(name));
  }
}

function checkBomb(scope: Scope, source: ByteSource, { folders }: StreamsInfo): void {
  const total = folders.reduce((sum, { size }) => sum + size, 0);
  if (total > 4 * source.size + scope.context.limits.inflatedSlack)
    throw new ScanStop('archive-bomb', { evidence: `${total} bytes announced` });
}

interface Content {
  readonly header: ArchiveHeader;
  readonly scan: MemberScanner;
}

async function scanFolders(scope: Scope, source: ByteSource, { header, scan }: Content): Promise<void> {
  const { streams, files } = header;
  const withStream = files.filter(({ hasStream }) => hasStream).values();
  const packed = packedStreams(source, streams);
  for (const [index, folder] of streams.folders.entries()) {
    const inputs = Array.from({ length: folder.packedStreams }, () => packed.next().value).filter(isThere);
    const content = inputs.length === 0 ? undefined : await unpackFolder(scope, inputs, folder);
    if (inputs.length < folder.packedStreams)
      scope.report('7z-broken', { evidence: 'more folders than packed streams' });
    let offset = 0;
    for (const part of streams.substreams[index] ?? []) {
      if (scope.context.needsBreath()) await scope.context.breathe();
      const { value: file } = withStream.next();
      if (file === undefined) throw new ScanStop('7z-broken', { evidence: 'more streams than files' });
      if (content !== undefined)
        await scanFile(scope, { file, part, content: sliceSource(content, offset, part.size), scan });
      offset += part.size;
    }
  }
  if (withStream.next().done !== true) throw new ScanStop('7z-broken', { evidence: 'more files than streams' });
}

function isThere(source: ByteSource | undefined): source is ByteSource {
  return source !== undefined;
}

interface Member {
  readonly file: ArchiveFile;
  readonly part: Substream;
  readonly content: ByteSource;
  readonly scan: MemberScanner;
}

async function scanFile(scope: Scope, { file, part, content, scan }: Member): Promise<void> {
  const whole = content.size === part.size;
  if (!whole) scope.report('stream-limit', { evidence: file.name });
  if (whole && part.crc !== undefined && crc32(content.read(0, content.size)) !== part.crc)
    scope.report('zip-checksum', { evidence: file.name });
  if ((file.unixMode & FILE_TYPE) === SYMBOLIC_LINK)
    judgeLink(scope, file.name, content.read(0, 4096).toString('utf8'));
  else await scan(scope.enter(file.name), content);
}
