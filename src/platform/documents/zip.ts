/**
 * ZIP archives (PKWARE APPNOTE 6.3.10, without ZIP64) that come out the same whenever they are made: no clock, no attributes,
 * files in the order given. Stored files keep their bytes whatever zlib there is, so that an archive can be made again
 * from its files and compared.
 */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  /** With `/` between folders. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** Names are UTF-8, versions those of "deflate and folders". */
const [utf8Names, version] = [0x08_00, 20];
/** 1980-01-01, the first day that there is in archives. */
const firstDay = 0x21;
const [localMark, centralMark, endMark] = [0x04_03_4b_50, 0x02_01_4b_50, 0x06_05_4b_50];
const [localLength, centralLength, endLength] = [30, 46, 22];
const [stored, deflated] = [0, 8];
const [mostFiles, mostBytes] = [0xff_ff, 0xff_ff_ff_ff];

/** @throws RangeError for what needs ZIP64: more than 65,535 files, or 4 GiB. */
export function writeZip(files: readonly ZipFile[], { deflate = false } = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const nameBytes = Buffer.from(name);
    const body = deflate ? deflateRawSync(content, { level: 9 }) : content;
    const facts = {
      method: deflate ? deflated : stored,
      crc: crc32(content),
      packed: body.length,
      size: content.length,
    };
    parts.push(header(localMark, facts, nameBytes.length), nameBytes, body);
    central.push(centralHeader(facts, nameBytes.length, offset), nameBytes);
    offset += localLength + nameBytes.length + body.length;
  }
  const end = endRecord(files.length, lengthOf(central), offset);
  return Buffer.concat([...parts, ...central, end]);
}

/**
 * The files of an archive that `writeZip` made without deflating; undefined for any other, and for one that differs in a
 * single byte of its structure. What stands in the files is not looked at.
 */
export function readStoredZip(archive: Uint8Array): readonly ZipFile[] | undefined {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const files: ZipFile[] = [];
  let at = 0;
  while (at + localLength <= bytes.length && bytes.readUInt32LE(at) === localMark) {
    const nameAt = at + localLength;
    const contentAt = nameAt + bytes.readUInt16LE(at + 26);
    const end = contentAt + bytes.readUInt32LE(at + 22);
    if (end > bytes.length) return undefined;
    files.push({ name: bytes.toString('utf8', nameAt, contentAt), content: bytes.subarray(contentAt, end) });
    at = end;
  }
  return bytes.equals(writeZip(files)) ? files : undefined;
}

interface Facts {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

function header(mark: number, { method, crc, packed, size }: Facts, nameLength: number): Buffer {
  const bytes = Buffer.alloc(localLength);
  bytes.writeUInt32LE(mark, 0);
  bytes.writeUInt16LE(version, 4);
  bytes.writeUInt16LE(utf8Names, 6);
  bytes.writeUInt16LE(method, 8);
  bytes.writeUInt16LE(firstDay, 12);
  bytes.writeUInt32LE(crc, 14);
  bytes.writeUInt32LE(bounded(packed, mostBytes), 18);
  bytes.writeUInt32LE(bounded(size, mostBytes), 22);
  bytes.writeUInt16LE(nameLength, 26);
  return bytes;
}

/** The same once more, behind the version that made it. */
function centralHeader(facts: Facts, nameLength: number, offset: number): Buffer {
  const bytes = Buffer.alloc(centralLength);
  bytes.writeUInt32LE(centralMark, 0);
  bytes.writeUInt16LE(version, 4);
  header(localMark, facts, nameLength).copy(bytes, 6, 4);
  bytes.writeUInt32LE(bounded(offset, mostBytes), 42);
  return bytes;
}

function endRecord(count: number, length: number, offset: number): Buffer {
  const bytes = Buffer.alloc(endLength);
  bytes.writeUInt32LE(endMark, 0);
  bytes.writeUInt16LE(bounded(count, mostFiles), 8);
  bytes.writeUInt16LE(count, 10);
  bytes.writeUInt32LE(length, 12);
  bytes.writeUInt32LE(bounded(offset, mostBytes), 16);
  return bytes;
}

function bounded(value: number, most: number): number {
  if (value > most) throw new RangeError(`too much for an archive: ${value}`);
  return value;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
