/** One member as one of its two headers describes it (APPNOTE 4.3.7, 4.3.12). */
export interface ZipEntry {
  readonly rawName: Buffer;
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Unix file type and permissions; 0 when the writer was no Unix. */
  readonly unixMode: number;
  /** Where the local header starts, from the beginning of the source. */
  readonly headerOffset: number;
  /** Another name from an Info-ZIP Unicode path field. */
  readonly otherName: string | undefined;
}

export const FLAG_ENCRYPTED = 1;
export const FLAG_DESCRIPTOR = 8;
const FLAG_UTF8 = 0x800;
const FULL32 = 0xffff_ffff;
const ZIP64_FIELD = 1;
const UNICODE_PATH_FIELD = 0x7075;

export function decodeName(raw: Buffer, flags: number): string {
  const utf8 = raw.toString('utf8');
  return (flags & FLAG_UTF8) !== 0 || Buffer.from(utf8).equals(raw) ? utf8 : raw.toString('latin1');
}

export interface ExtraFields {
  readonly zip64: Buffer | undefined;
  readonly otherName: string | undefined;
}

export function readExtra(extra: Buffer): ExtraFields {
  let zip64: Buffer | undefined;
  let otherName: string | undefined;
  for (let at = 0; at + 4 <= extra.length; ) {
    const id = extra.readUInt16LE(at);
    const body = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    if (id === ZIP64_FIELD) zip64 ??= body;
    if (id === UNICODE_PATH_FIELD) otherName = body.subarray(5).toString('utf8');
    at += 4 + extra.readUInt16LE(at + 2);
  }
  return { zip64, otherName };
}

/** Replaces the values that say "see the zip64 field" by its values, in their order. */
export function widen(values: readonly number[], zip64: Buffer | undefined): number[] {
  let at = 0;
  return values.map((value) => {
    if (value !== FULL32 || zip64 === undefined || at + 8 > zip64.length) return value;
    const wide = Number(zip64.readBigUInt64LE(at));
    at += 8;
    return wide;
  });
}
