import { type SkipReason, skipBecause } from './import-record.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** UTF-8, with or without a byte order mark; anything else is refused instead of guessed. */
export function decodeText(bytes: Uint8Array): string | SkipReason {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return skipBecause('knowledge.skip-utf-16');
  }
  try {
    return utf8.decode(bytes);
  } catch {
    return skipBecause('knowledge.skip-not-utf-8');
  }
}
