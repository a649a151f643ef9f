import type { ByteSource } from '../byte-source.ts';

/** The source as UTF-8 (a byte order mark of UTF-8 or UTF-16 is followed), or undefined when it is no text. */
export function decodeText(source: ByteSource): string | undefined {
  const content = source.read(0, source.size);
  const encoding = utf16Of(content) ?? 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(content);
    return looksLikeText(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function utf16Of(content: Buffer): string | undefined {
  if (content[0] === 0xff && content[1] === 0xfe) return 'utf-16le';
  if (content[0] === 0xfe && content[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Text has no control characters but the usual spaces. */
function looksLikeText(text: string): boolean {
  return !/[^\P{Cc}\t\n\v\f\r\u0080-\u009f]/u.test(text);
}
