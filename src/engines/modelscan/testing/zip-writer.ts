/** Writes zip archives whose two sets of headers can be made to disagree. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly content: Buffer;
  readonly deflate?: boolean;
  readonly unixMode?: number;
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

export function writeZip(files: readonly ZipFile[], shape: ZipShape = {}): Buffer {
  const prefix = shape.prefix ?? Buffer.alloc(0);
  const bodies: Buffer[] = [prefix];
  const directory: Buffer[] = [];
  let offset = prefix.length;
  for (const file of files) {
    const content = file.deflate === true ? deflateRawSync(file.content) : file.content;
    const fields: Fields = {
      name: file.name,
      flags: 0x800,
      method: file.deflate === true ? 8 : 0,
      crc: crc32(file.content),
      compressedSize: content.length,
      size: file.content.length,
      offset,
    };
    const local = Buffer.concat([localHeader({ ...fields, ...file.local }), content]);
    bodies.push(local);
    directory.push(centralHeader({ ...fields, ...file.central }, file.unixMode ?? 0));
    offset += local.length;
  }
  const gap = shape.gap ?? Buffer.alloc(0);
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  const comment = shape.comment ?? Buffer.alloc(0);
  end.writeUInt32LE(0x0605_4b50);
  end.writeUInt16LE(shape.count ?? files.length, 8);
  end.writeUInt16LE(shape.count ?? files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset + gap.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...bodies, gap, central, end, comment, shape.suffix ?? Buffer.alloc(0)]);
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
