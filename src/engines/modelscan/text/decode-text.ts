import { isUtf8 } from 'node:buffer';

import type { ByteSource } from '../byte-source.ts';

/** The source as UTF-8 (a byte order mark of UTF-8 or UTF-16 is followed), or undefined when it is no text. */
export function decodeText(source: ByteSource): string | undefined {
  const content = source.read(0, source.size);
  const encoding = encodingOf(content);
  // Asked first, because an error takes longer than the look at a small file.
  if (encoding === 'utf-8' && !isUtf8(content)) return undefined;
  try {
    const text = decoders[encoding].decode(content);
    return looksLikeText(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Made once: a decoder costs more than a small text. */
const decoders = {
  'utf-8': new TextDecoder('utf-8', { fatal: true }),
  'utf-16le': new TextDecoder('utf-16le', { fatal: true }),
  'utf-16be': new TextDecoder('utf-16be', { fatal: true }),
} as const;

function encodingOf(content: Buffer): keyof typeof decoders {
  if (content[0] === 0xff && content[1] === 0xfe) return 'utf-16le';
  if (content[0] === 0xfe && content[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Text has no control characters but the usual spaces. */
function looksLikeText(text: string): boolean {
  return !/[^\P{Cc}\t\n\v\f\r\u0080-\u009f]/u.test(text);
}
