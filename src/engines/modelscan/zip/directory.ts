/** Finds and reads central directories: all that some reader could take for the one. */
import { MIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';
import { decodeName, readExtra, widen, type ZipEntry } from './zip-entry.ts';

const END_SIGNATURE = Buffer.from('PK\x05\x06', 'latin1');
const END_LENGTH = 22;
const LOCATOR_LENGTH = 20;
const END64_LENGTH = 56;
const ENTRY_SIGNATURE = 0x0201_4b50;
const LOCATOR_SIGNATURE = 0x0706_4b50;
const END64_SIGNATURE = 0x0606_4b50;
const TAIL = END_LENGTH + 0xffff;

export interface ZipDirectory {
  /** Where the end record starts. */
  readonly endOffset: number;
  /** Where the directory starts, measured back from its end as Python's zipfile does. */
  readonly start: number;
  /** Where it starts by the offset written in the end record; another number when bytes precede the archive. */
  readonly writtenStart: number;
  readonly size: number;
  /** Members the end record counts. */
  readonly count: number;
  readonly commentLength: number;
  readonly manyDisks: boolean;
  /** Whether the 64-bit record and the ordinary one contradict each other. */
  readonly contradiction: string | undefined;
}

/** Every end record with a directory behind it, the last one first: that is the one most readers take. */
export function findDirectories(source: ByteSource): ZipDirectory[] {
  const tailStart = Math.max(0, source.size - TAIL - LOCATOR_LENGTH - END64_LENGTH);
  const tail = source.read(tailStart, source.size - tailStart);
  const found: ZipDirectory[] = [];
  let at = tail.lastIndexOf(END_SIGNATURE);
  while (at >= 0) {
    const directory = at + END_LENGTH <= tail.length ? readEnd(source, tailStart + at) : undefined;
    if (directory !== undefined) found.push(directory);
    at = at === 0 ? -1 : tail.lastIndexOf(END_SIGNATURE, at - 1);
  }
  return found;
}

function readEnd(source: ByteSource, endOffset: number): ZipDirectory | undefined {
  const end = source.read(endOffset, END_LENGTH);
  const wide = readEnd64(source, endOffset);
  const count = end.readUInt16LE(10);
  const size = end.readUInt32LE(12);
  const offset = end.readUInt32LE(16);
  const facts = wide ?? { count, size, offset, endOffset };
  const start = facts.endOffset - facts.size;
  if (start < 0) return undefined;
  const contradiction =
    wide === undefined
      ? undefined
      : differing([
          ['count', count, wide.count, 0xffff],
          ['size', size, wide.size, 0xffff_ffff],
          ['offset', offset, wide.offset, 0xffff_ffff],
          ['locator', wide.locatedAt, wide.endOffset - (start - wide.offset), -1],
        ]);
  const directory = {
    endOffset,
    start,
    writtenStart: facts.offset,
    size: facts.size,
    count: facts.count,
    commentLength: end.readUInt16LE(20),
    manyDisks: end.readUInt16LE(4) !== 0 || end.readUInt16LE(6) !== 0 || end.readUInt16LE(8) !== count,
    contradiction,
  };
  const empty = directory.count === 0 && directory.size === 0;
  return empty || startsDirectory(source, start) || startsDirectory(source, facts.offset) ? directory : undefined;
}

function startsDirectory(source: ByteSource, offset: number): boolean {
  const head = source.read(offset, 4);
  return head.length === 4 && head.readUInt32LE() === ENTRY_SIGNATURE;
}

interface WideEnd {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
  readonly endOffset: number;
  /** Where the locator says the record is; some readers go there. */
  readonly locatedAt: number;
}

function readEnd64(source: ByteSource, endOffset: number): WideEnd | undefined {
  const locatorOffset = endOffset - LOCATOR_LENGTH;
  if (locatorOffset < END64_LENGTH) return undefined;
  const locator = source.read(locatorOffset, LOCATOR_LENGTH);
  if (locator.readUInt32LE() !== LOCATOR_SIGNATURE) return undefined;
  const recordOffset = locatorOffset - END64_LENGTH;
  const record = source.read(recordOffset, END64_LENGTH);
  if (record.readUInt32LE() !== END64_SIGNATURE) return undefined;
  return {
    count: Number(record.readBigUInt64LE(32)),
    size: Number(record.readBigUInt64LE(40)),
    offset: Number(record.readBigUInt64LE(48)),
    endOffset: recordOffset,
    locatedAt: Number(locator.readBigUInt64LE(8)),
  };
}

/** The first field whose narrow value is neither the wide one nor the mark that says "see there". */
function differing(fields: readonly (readonly [string, number, number, number])[]): string | undefined {
  return fields.find(([, narrow, wide, mark]) => narrow !== mark && narrow !== wide)?.[0];
}

const ENTRY_LENGTH = 46;
/** More than a hundred thousand members with ordinary names need. */
const DIRECTORY_LIMIT = 64 * MIB;

/** The members of a directory that begins at `start`. @throws ScanStop `zip-broken` or `archive-entries`. */
export function readDirectory(source: ByteSource, directory: ZipDirectory, start: number, maximum: number): ZipEntry[] {
  if (directory.count > maximum) throw new ScanStop('archive-entries', { evidence: String(directory.count) });
  if (directory.size > DIRECTORY_LIMIT)
    throw new ScanStop('archive-entries', { evidence: `directory of ${directory.size} bytes` });
  const end = Math.min(source.size, start + directory.size);
  const shift = start - directory.writtenStart;
  const content = source.read(start, Math.max(0, end - start));
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 4 <= content.length && content.readUInt32LE(at) === ENTRY_SIGNATURE; ) {
    if (at + ENTRY_LENGTH > content.length)
      throw new ScanStop('zip-broken', { offset: start + at, evidence: 'directory cut' });
    const nameLength = content.readUInt16LE(at + 28);
    const extraLength = content.readUInt16LE(at + 30);
    entries.push(readEntry(content.subarray(at), shift));
    if (entries.length > maximum) throw new ScanStop('archive-entries', { evidence: `> ${maximum}` });
    at += ENTRY_LENGTH + nameLength + extraLength + content.readUInt16LE(at + 32);
  }
  return entries;
}

function readEntry(header: Buffer, shift: number): ZipEntry {
  const flags = header.readUInt16LE(8);
  const nameEnd = ENTRY_LENGTH + header.readUInt16LE(28);
  const rawName = Buffer.from(header.subarray(ENTRY_LENGTH, nameEnd));
  const { zip64, otherName } = readExtra(header.subarray(nameEnd, nameEnd + header.readUInt16LE(30)));
  const [size = 0, compressedSize = 0, offset = 0] = widen(
    [header.readUInt32LE(24), header.readUInt32LE(20), header.readUInt32LE(42)],
    zip64,
  );
  return {
    rawName,
    name: decodeName(rawName, flags),
    flags,
    method: header.readUInt16LE(10),
    crc: header.readUInt32LE(16),
    compressedSize,
    size,
    unixMode: header.readUInt32LE(38) >>> 16,
    headerOffset: offset + shift,
    otherName,
  };
}
