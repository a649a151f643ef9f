/** Local headers, and what they say against the directory (scan-rules §5). */
import type { ByteSource } from '../byte-source.ts';
import { decodeName, FLAG_DESCRIPTOR, readExtra, widen, type ZipEntry } from './zip-entry.ts';

const LOCAL_SIGNATURE = 0x0403_4b50;
const LOCAL_LENGTH = 30;
const DESCRIPTOR_SIGNATURE = 0x0807_4b50;
/** Read with the header, so that one read serves most members (torch pads up to 64 bytes). */
const USUAL_EXTRA = 96;

export interface LocalMember {
  readonly entry: ZipEntry;
  readonly dataOffset: number;
}

export function readLocalHeader(source: ByteSource, offset: number): LocalMember | undefined {
  const first = source.read(offset, LOCAL_LENGTH + USUAL_EXTRA);
  if (first.length < LOCAL_LENGTH || first.readUInt32LE() !== LOCAL_SIGNATURE) return undefined;
  const nameEnd = LOCAL_LENGTH + first.readUInt16LE(26);
  const end = nameEnd + first.readUInt16LE(28);
  const header = end <= first.length ? first : source.read(offset, end);
  if (header.length < end) return undefined;
  const flags = header.readUInt16LE(6);
  const rawName = Buffer.from(header.subarray(LOCAL_LENGTH, nameEnd));
  const { zip64, otherName } = readExtra(header.subarray(nameEnd, end));
  const [size = 0, compressedSize = 0] = widen([header.readUInt32LE(22), header.readUInt32LE(18)], zip64);
  const entry: ZipEntry = {
    rawName,
    name: decodeName(rawName, flags),
    flags,
    method: header.readUInt16LE(8),
    crc: header.readUInt32LE(14),
    compressedSize,
    size,
    unixMode: 0,
    headerOffset: offset,
    otherName,
  };
  return { entry, dataOffset: offset + end };
}

/** The fields in which the two headers of a member differ. */
export function disagreements(central: ZipEntry, local: ZipEntry): string[] {
  const deferred = (local.flags & FLAG_DESCRIPTOR) !== 0;
  const fields: readonly (readonly [string, number, number])[] = [
    ['method', central.method, local.method],
    ['flags', central.flags, local.flags],
  ];
  const measured: readonly (readonly [string, number, number])[] = [
    ['checksum', central.crc, local.crc],
    ['size', central.size, local.size],
    ['compressed size', central.compressedSize, local.compressedSize],
  ];
  return [
    ...(central.rawName.equals(local.rawName) ? [] : ['name']),
    ...fields.filter(([, left, right]) => left !== right).map(([name]) => name),
    // With a descriptor behind the data, zero here means "see there".
    ...measured.filter(([, left, right]) => left !== right && !(deferred && right === 0)).map(([name]) => name),
    ...[central.otherName, local.otherName]
      .filter((name) => name !== undefined && name !== central.name)
      .map(() => 'name'),
  ];
}

/** Length of the data descriptor at `offset`, or undefined when none there repeats what the directory says. */
export function descriptorLength(source: ByteSource, offset: number, entry: ZipEntry): number | undefined {
  const content = source.read(offset, 24);
  const signed = content.length >= 4 && content.readUInt32LE() === DESCRIPTOR_SIGNATURE;
  for (const start of signed ? [4, 0] : [0]) {
    for (const width of [8, 4]) {
      if (describes(content.subarray(start), width, entry)) return start + 4 + 2 * width;
    }
  }
  return undefined;
}

function describes(content: Buffer, width: number, entry: ZipEntry): boolean {
  if (content.length < 4 + 2 * width) return false;
  const [compressed, size] =
    width === 8
      ? [Number(content.readBigUInt64LE(4)), Number(content.readBigUInt64LE(12))]
      : [content.readUInt32LE(4), content.readUInt32LE(8)];
  return content.readUInt32LE() === entry.crc && compressed === entry.compressedSize && size === entry.size;
}
