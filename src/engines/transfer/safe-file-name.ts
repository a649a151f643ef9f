/** Names given by strangers, made fit for every file system (civitai-api.md §4.6, M-100). */

const MAX_BYTES = 255;
const SUFFIX_ROOM = 32;
/** Longest name that leaves the usual room. */
export const ROOMY_BYTES = MAX_BYTES - SUFFIX_ROOM;

export interface SafeFileNameOptions {
  /** Longest name in bytes of UTF-8; default 255, what ext4, XFS, APFS (in UTF-16 units: more) and NTFS allow at least. */
  readonly maxBytes?: number;
  /**
   * Room to leave for what stands beside the file for a while; default 32. The longest is `.preview.jpeg.part.lock.CLAIM`,
   * which takes the place of the extension.
   */
  readonly suffixRoom?: number;
  /** Name when nothing is left of the given one; default `download`. */
  readonly fallback?: string;
}

/** Control characters, direction overrides (a name that reads `exe.jpg` backwards) and what Windows reserves. */
// oxlint-disable-next-line no-control-regex -- control characters are the very thing that is removed here
const invisible = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const reserved = /[<>:"|?*\\/]/g;
const encodedSeparator = /%(?:2f|5c|00)/gi;
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;
const edge = /[\s.]/u;
/** What follows the last dot counts as an extension when it looks like one. */
const extension = /\.[\p{L}\p{N}_-]{1,16}$/u;

/**
 * One harmless path component out of any text: the last component of a path, in NFC, Unicode kept, reserved characters
 * as `_`, no dots or spaces at the edges, no device name, never empty, never too long. Giving it its own result changes
 * nothing.
 */
export function safeFileName(name: string, options: SafeFileNameOptions = {}): string {
  const { maxBytes = MAX_BYTES, suffixRoom = SUFFIX_ROOM, fallback = 'download' } = options;
  const visible = name.toWellFormed().replaceAll(invisible, '').normalize('NFC');
  const component = lastComponent(visible.replaceAll(encodedSeparator, '_'));
  const cleaned = trimEnd(component.replaceAll(reserved, '_'));
  const suffix = extension.exec(cleaned)?.[0] ?? '';
  const stem = trimEdges(cleaned.slice(0, cleaned.length - suffix.length)) || fallback;
  const guarded = deviceName.test(trimEdges(stem.split('.')[0] ?? '')) ? `_${stem}` : stem;
  return shorten(guarded, maxBytes - suffixRoom - Buffer.byteLength(suffix)) + suffix;
}

/** Stem and extension; the extension keeps its dot, or is empty. */
export function splitExtension(name: string): readonly [stem: string, suffix: string] {
  const suffix = extension.exec(name)?.[0] ?? '';
  return [name.slice(0, name.length - suffix.length), suffix];
}

/** As much of `text` as fits into `maxBytes` of UTF-8 without cutting a character, and without a dot or space at its end. */
export function shorten(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  let size = 0;
  let kept = '';
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > maxBytes) break;
    kept += character;
  }
  return trimEdges(kept) || '_';
}

function lastComponent(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => trimEdges(part) !== '');
  return parts.at(-1) ?? '';
}

function trimEdges(text: string): string {
  const ended = trimEnd(text);
  let start = 0;
  while (start < ended.length && edge.test(ended.charAt(start))) start += 1;
  return ended.slice(start);
}

/** Not by a pattern: looking for spaces at an end begins anew at each space of a name that has many. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && edge.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
