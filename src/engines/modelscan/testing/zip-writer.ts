/** Writes zip archives whose two sets of headers can be made to disagree. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly content: Buffer;
  readonly deflate?: boolean;
  readonly unixMode?: number;
  /** Zeros behind the content that are part of the member and not in any buffer. */
  readonly hole?: number;
  /** What the local header says instead. */
  readonly local?: Partial<Fields>;
  /** What the directory says instead. */
  readonly central?: Partial<Fields>;
}

export interface Fields {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
}

export interface ZipShape {
  readonly prefix?: Buffer;
  /** Before the directory. */
  readonly gap?: Buffer;
  readonly suffix?: Buffer;
  readonly count?: number;
  readonly comment?: Buffer;
}

/** Bytes and where they belong; between segments lie zeros that nobody wrote. */
export interface Segment {
  readonly offset: number;
  readonly bytes: Buffer;
}

export function writeZip(files: readonly ZipFile[], shape: ZipShape = {}): Buffer {
  return Buffer.concat(zipSegments(files, shape).map(({ bytes }) => bytes));
}

/** The archive in pieces, so that members with a `hole` can be written sparsely. */
export function zipSegments(files: readonly ZipFile[], shape: ZipShape = {}): Segment[] {
  const segments: Segment[] = [{ offset: 0, bytes: shape.prefix ?? Buffer.alloc(0) }];
  const directory: Buffer[] = [];
  let offset = shape.prefix?.length ?? 0;
  for (const file of files) {
    const content = file.deflate === true ? deflateRawSync(file.content) : file.content;
    const hole = file.hole ?? 0;
    const fields: Fields = {
      name: file.name,
      flags: 0x800,
      method: file.deflate === true ? 8 : 0,
      crc: crc32(file.content),
      compressedSize: content.length + hole,
      size: file.content.length + hole,
      offset,
    };
    const local = Buffer.concat([localHeader({ ...fields, ...file.local }), content]);
    segments.push({ offset, bytes: local });
    directory.push(centralHeader({ ...fields, ...file.central }, file.unixMode ?? 0));
    offset += local.length + hole;
  }
  const gap = shape.gap ?? Buffer.alloc(0);
  const start = offset + gap.length;
  const central = Buffer.concat(directory);
  const end = endRecord({ count: shape.count ?? files.length, size: central.length, offset: start }, shape.comment);
  segments.push({ offset, bytes: Buffer.concat([gap, central, end, shape.suffix ?? Buffer.alloc(0)]) });
  return segments;
}

interface End {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
}

const FULL32 = 0xffff_ffff;

function endRecord(end: End, comment: Buffer = Buffer.alloc(0)): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x0605_4b50);
  record.writeUInt16LE(end.count, 8);
  record.writeUInt16LE(end.count, 10);
  record.writeUInt32LE(end.size, 12);
  record.writeUInt32LE(Math.min(end.offset, FULL32), 16);
  record.writeUInt16LE(comment.length, 20);
  const wide = end.offset > FULL32 ? endRecord64(end) : Buffer.alloc(0);
  return Buffer.concat([wide, record, comment]);
}

function endRecord64({ count, size, offset }: End): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x0606_4b50);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  record.writeUInt32LE(0x0706_4b50, 56);
  record.writeBigUInt64LE(BigInt(offset + size), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

function localHeader(fields: Fields): Buffer {
  const name = Buffer.from(fields.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(fields.flags, 6);
  header.writeUInt16LE(fields.method, 8);
  header.writeUInt32LE(fields.crc, 14);
  header.writeUInt32LE(fields.compressedSize, 18);
  header.writeUInt32LE(fields.size, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function centralHeader(fields: Fields, unixMode: number): Buffer {
  const name = Buffer.from(fields.name);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50);
  header.writeUInt16LE(0x0314, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(fields.flags, 8);
  header.writeUInt16LE(fields.method, 10);
  header.writeUInt32LE(fields.crc, 16);
  header.writeUInt32LE(fields.compressedSize, 20);
  header.writeUInt32LE(fields.size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(unixMode * 0x1_0000, 38);
  header.writeUInt32LE(fields.offset, 42);
  return Buffer.concat([header, name]);
}
