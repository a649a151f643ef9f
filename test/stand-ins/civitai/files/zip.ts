/** Stored (uncompressed) zip archives below 4 GiB, as a rope: entries may be keystream of any size. */
import { crc32 } from 'node:zlib';

import { type Content, joined, literal, piecesOf } from './content.ts';

export interface ZipEntry {
  readonly name: string;
  readonly content: Content;
}

export interface ZipOptions {
  /** Entries start on multiples of this, padded in the extra field the way PyTorch does it. */
  readonly alignment?: number;
}

const utf8Flag = 0x0800;
const dosDate = ((2026 - 1980) << 9) | (1 << 5) | 1;

export function zipArchive(entries: readonly ZipEntry[], options: ZipOptions = {}): Content {
  const parts: Content[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8');
    const extra = alignmentExtra(offset + 30 + name.byteLength, options.alignment);
    const fields = { crc: checksum(entry.content), size: entry.content.size, name };
    const local = localHeader(fields, extra);
    parts.push(literal(local), entry.content);
    central.push(centralHeader(fields, offset));
    offset += local.byteLength + entry.content.size;
  }
  const directory = Buffer.concat(central);
  if (offset + directory.byteLength > 0xffff_ffff) throw new RangeError('archive needs zip64');
  return joined([...parts, literal(directory), literal(endRecord(entries.length, directory.byteLength, offset))]);
}

interface EntryFields {
  readonly crc: number;
  readonly size: number;
  readonly name: Buffer;
}

function localHeader(fields: EntryFields, extra: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  header.writeUInt16LE(20, 4);
  writeCommon(header, 6, fields);
  header.writeUInt16LE(extra.byteLength, 28);
  return Buffer.concat([header, fields.name, extra]);
}

function centralHeader(fields: EntryFields, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 6);
  writeCommon(header, 8, fields);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, fields.name]);
}

/** Flags, method, time, date, CRC, sizes and name length: the same run of fields in both headers. */
function writeCommon(header: Buffer, at: number, fields: EntryFields): void {
  header.writeUInt16LE(utf8Flag, at);
  header.writeUInt16LE(dosDate, at + 6);
  header.writeUInt32LE(fields.crc, at + 8);
  header.writeUInt32LE(fields.size, at + 12);
  header.writeUInt32LE(fields.size, at + 16);
  header.writeUInt16LE(fields.name.byteLength, at + 20);
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x0605_4b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}

function alignmentExtra(dataStart: number, alignment: number | undefined): Buffer {
  if (alignment === undefined) return Buffer.alloc(0);
  const padding = (alignment - ((dataStart + 4) % alignment)) % alignment;
  const extra = Buffer.alloc(4 + padding, 'Z');
  extra.write('FB', 0, 'latin1');
  extra.writeUInt16LE(padding, 2);
  return extra;
}

const checksums = new Map<string, number>();

/** CRC-32 needs every byte; remembered because the same weights are asked for again and again. */
function checksum(content: Content): number {
  const known = checksums.get(content.fingerprint);
  if (known !== undefined) return known;
  let value = 0;
  for (const piece of piecesOf(content)) value = crc32(piece, value);
  checksums.set(content.fingerprint, value);
  return value;
}
