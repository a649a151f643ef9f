/** Decoding of the text opcodes' arguments as CPython's C unpickler does it. */

/** `STRING`: quoted, with Python's byte escapes. Undefined when the quotes are missing. */
export function decodeQuoted(line: Buffer): string | undefined {
  let end = line.length;
  while (end > 0 && (line[end - 1] ?? 0) <= 0x20) end -= 1;
  const text = line.toString('latin1', 0, end);
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || text.at(-1) !== quote) return undefined;
  return text
    .slice(1, -1)
    .replaceAll(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|[\s\S])/g, (_, escape: string) => unescape(escape));
}

const singleEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);

function unescape(escape: string): string {
  if (/^x./.test(escape)) return String.fromCodePoint(Number.parseInt(escape.slice(1), 16));
  if (/^[0-7]/.test(escape)) return String.fromCodePoint(Number.parseInt(escape, 8) & 0xff);
  return singleEscapes.get(escape) ?? `\\${escape}`;
}

/** `UNICODE`: raw-unicode-escape, where only `\u` and `\U` after an odd number of backslashes mean something. */
export function decodeRawUnicode(line: Buffer): string {
  return line
    .toString('latin1')
    .replaceAll(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[\s\S])/g, (whole, short?: string, long?: string) => {
      const digits = short ?? long;
      if (digits === undefined) return whole;
      const point = Number.parseInt(digits, 16);
      return point > 0x10_ffff ? whole : String.fromCodePoint(point);
    });
}

/** The integer Python's `int(text)` reads, as far as an index or dimension needs it. */
export function parsePythonInteger(text: string): number | bigint | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?\d+(?:_\d+)*$/.test(trimmed) || trimmed.length > 4300) return undefined;
  const value = BigInt(trimmed.replaceAll(/[_+]/g, ''));
  return narrowInteger(value);
}

function narrowInteger(value: bigint): number | bigint {
  const narrow = Number(value);
  return Number.isSafeInteger(narrow) ? narrow : value;
}

/** Little-endian two's complement, as LONG1 and LONG4 carry it. */
export function decodeLong(content: Buffer): number | bigint {
  if (content.length === 0) return 0;
  const magnitude = BigInt(`0x${Buffer.from(content).reverse().toString('hex')}`);
  return narrowInteger(BigInt.asIntN(content.length * 8, magnitude));
}
