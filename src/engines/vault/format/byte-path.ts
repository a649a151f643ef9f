/**
 * Paths as the file system knows them: bytes. Names that are not UTF-8 and names that differ only in NFC/NFD come back
 * exactly. Relative, `/` between names.
 */
import { KuraError } from '#kernel/errors';

export type BytePath = Buffer;

export function joinPath(parent: BytePath, name: Uint8Array): BytePath {
  if (parent.length === 0) return Buffer.from(name);
  // By hand: it is done twice for each path of a tree, and `concat` takes three times as long.
  const path = Buffer.allocUnsafe(parent.length + 1 + name.length);
  path.set(parent);
  path[parent.length] = SLASH;
  path.set(name, parent.length + 1);
  return path;
}

const SLASH = 0x2f;

/** Depth first, names in byte order: the order in which a tree is walked, as if `/` were smaller than every byte. */
export function comparePaths(one: BytePath, other: BytePath): number {
  const shared = Math.min(one.length, other.length);
  for (let index = 0; index < shared; index++) {
    const difference = rank(one[index]) - rank(other[index]);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** For people and messages; bytes that are no UTF-8 become U+FFFD. */
export function displayPath(path: BytePath): string {
  return path.toString('utf8');
}

/** `{name: text}` when the bytes are UTF-8, else `{nameBase64: …}`. */
export function encodeBytes(name: string, bytes: Buffer): Record<string, string> {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? { [name]: text } : { [`${name}Base64`]: bytes.toString('base64') };
}

export function decodeBytes(text: string | undefined, base64: string | undefined): Buffer {
  return base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64');
}

/**
 * Names of a path that stays below its root.
 * @throws KuraError refused `vault.path-escapes` for absolute paths, `..`, empty names, NUL and (on Windows) separators.
 */
export function safeNames(path: BytePath): readonly Buffer[] {
  const names = splitPath(path);
  if (!names.every(isSafeName)) {
    throw new KuraError('refused', 'vault.path-escapes', { params: { path: displayPath(path) } });
  }
  return names;
}

function splitPath(path: BytePath): readonly Buffer[] {
  const names: Buffer[] = [];
  let start = 0;
  for (let end = path.indexOf(0x2f); end !== -1; end = path.indexOf(0x2f, start)) {
    names.push(path.subarray(start, end));
    start = end + 1;
  }
  return [...names, path.subarray(start)];
}

function isSafeName(name: Buffer): boolean {
  const text = name.toString('latin1');
  if (text === '' || text === '.' || text === '..' || text.includes('\0')) return false;
  return process.platform !== 'win32' || !/[\\:]/.test(text);
}

function rank(byte: number | undefined): number {
  return byte === undefined || byte === SLASH ? 0 : byte;
}
