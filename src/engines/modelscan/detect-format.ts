/** Recognises a format by content alone (scan-rules §2): safetensors before weak magics, pickle by trying it. */
import type { ByteSource } from './byte-source.ts';
import { isLzmaAlone } from './codec/lzma-file.ts';
import { isTar } from './container/scan-tar.ts';
import type { Format } from './format.ts';
import { safetensorsHeaderLength } from './safetensors/scan-safetensors.ts';
import { isLegacyTorch } from './torch/scan-legacy.ts';

/** Signatures at the start of a file, longest first where one begins another. */
const signatures: readonly (readonly [string, Format])[] = [
  ['47475546', 'gguf'],
  ['894844460d0a1a0a', 'hdf5'],
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['504b0708', 'zip'],
  ['1f8b08', 'gzip'],
  ['fd377a585a00', 'xz'],
  ['425a68', 'bzip2'],
  ['377abcaf271c', '7z'],
  ['28b52ffd', 'zstd'],
  ['04224d18', 'lz4'],
  ['526172211a07', 'rar'],
  ['5a463078', 'zfile'],
  ['934e554d5059', 'npy'],
  ['89504e470d0a1a0a', 'image'],
  ['ffd8ff', 'image'],
  ['474946383961', 'image'],
  ['474946383761', 'image'],
  ['7f454c46', 'program'],
  ['cafebabe', 'program'],
  ['feedface', 'program'],
  ['feedfacf', 'program'],
  ['cefaedfe', 'program'],
  ['cffaedfe', 'program'],
  ['2321', 'program'],
];

const byFirstByte = Map.groupBy(
  signatures.map(([hex, format]) => ({ bytes: Buffer.from(hex, 'hex'), format })),
  ({ bytes }) => bytes[0],
);

function signatureOf(head: Buffer): Format | undefined {
  return byFirstByte.get(head[0])?.find(({ bytes }) => startsWith(head, bytes))?.format;
}

function startsWith(content: Buffer, start: Buffer): boolean {
  return start.every((byte, index) => content[index] === byte);
}

export function detectBySignature(source: ByteSource): Format | undefined {
  if (source.size === 0) return 'empty';
  if (safetensorsHeaderLength(source) !== undefined) return 'safetensors';
  if (isLegacyTorch(source)) return 'torch-legacy';
  const head = source.read(0, 16);
  return signatureOf(head) ?? detectContainer(source, head);
}

function detectContainer(source: ByteSource, head: Buffer): Format | undefined {
  if (head.toString('latin1', 0, 4) === 'RIFF') return head.toString('latin1', 8, 12) === 'WEBP' ? 'image' : 'video';
  const brand = head.toString('latin1', 4, 8);
  if (brand === 'ftyp') return 'video';
  if (brand === 'TFL3') return 'tflite';
  // First, because the first file of an archive begins where HDF5 may begin behind a user block.
  if (isTar(source)) return 'tar';
  if (hasHdf5Block(source)) return 'hdf5';
  if (isProgram(source, head)) return 'program';
  if (isZlib(head)) return 'zlib';
  return isLzmaAlone(head, source.size) ? 'lzma' : undefined;
}

/** HDF5 may start after a user block of 512 bytes or a power of two more; longer ones are looked for last. */
function hasHdf5Block(source: ByteSource): boolean {
  return [512, 1024, 2048, 4096].some(
    (offset) => source.size > offset && signatureOf(source.read(offset, 8)) === 'hdf5',
  );
}

/** A DOS header that points to a PE header; `MZ` alone is chance. */
function isProgram(source: ByteSource, head: Buffer): boolean {
  if (head.toString('latin1', 0, 2) !== 'MZ' || source.size < 64) return false;
  return source.read(source.read(60, 4).readUInt32LE(), 4).toString('latin1') === 'PE\0\0';
}

function isZlib(head: Buffer): boolean {
  const [first = 0, second = 0] = head;
  return first === 0x78 && ((first << 8) | second) % 31 === 0 && [0x01, 0x5e, 0x9c, 0xda].includes(second);
}

/** What kind of text this is, by how it begins. */
export function detectText(text: string): Format {
  const start = text.trimStart().slice(0, 400);
  if (/^(?:<!doctype html|<html|<\?xml|<head)/i.test(start)) return 'html';
  if (start.startsWith('version https://git-lfs.github.com/spec/')) return 'git-lfs-pointer';
  if (/^\{[{%#]/.test(start)) return 'template';
  if (/^[{[]/.test(start)) return 'json';
  return 'text';
}
