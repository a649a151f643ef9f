/** What people call the ways to pack that are only a number in an archive, so that a finding says why it could not look. */

/** By the ids of 7-Zip (DOC/Methods.txt), the longest beginning that is known. */
const of7z: ReadonlyMap<string, string> = new Map([
  ['00', 'Copy'],
  ['03', 'Delta'],
  ['04', 'BCJ x86'],
  ['21', 'LZMA2'],
  ['030101', 'LZMA'],
  ['03030103', 'BCJ x86'],
  ['0303011b', 'BCJ2'],
  ['030401', 'PPMd'],
  ['040108', 'Deflate'],
  ['040109', 'Deflate64'],
  ['040202', 'BZip2'],
  ['04f71101', 'Zstandard'],
  ['04f71102', 'Brotli'],
  ['04f71104', 'LZ4'],
  ['04f71105', 'LZ5'],
  ['04f71106', 'Lizard'],
  ['06f10701', 'AES-256'],
]);

/** By the numbers of APPNOTE 4.4.5. */
const ofZip: ReadonlyMap<number, string> = new Map([
  [1, 'Shrink'],
  [2, 'Reduce'],
  [3, 'Reduce'],
  [4, 'Reduce'],
  [5, 'Reduce'],
  [6, 'Implode'],
  [9, 'Deflate64'],
  [10, 'DCL Implode'],
  [16, 'z/OS CMPSC'],
  [18, 'TERSE'],
  [19, 'LZ77'],
  [94, 'MP3'],
  [96, 'JPEG'],
  [97, 'WavPack'],
  [98, 'PPMd'],
  [99, 'AES'],
]);

export function nameOf7zMethod(id: string): string {
  return of7z.get(id) ?? id;
}

export function nameOfZipMethod(method: number): string {
  return ofZip.get(method) ?? `method ${method}`;
}
