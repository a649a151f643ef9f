/** What may stand beside an entry (P-063): a name fit for every file system, and content that is what the name says. */
import { pictureFormat } from '#engines/pictures';
import { safeFileName } from '#engines/transfer';
import { KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

export interface CheckedAttachment {
  readonly name: string;
  readonly mediaType: string;
}

const longestName = 120;

/** @throws KuraError `knowledge.attachment-empty`, `-too-large`, `-program`, `-mislabelled`. */
export function checkAttachment(given: string, bytes: Uint8Array, mostMiB: number): CheckedAttachment {
  const name = safeFileName(given, { maxBytes: longestName + 32, fallback: 'file' });
  const params = { name };
  if (bytes.byteLength === 0) throw new KuraError('invalid', 'knowledge.attachment-empty', { params });
  if (bytes.byteLength > mostMiB * MIB)
    throw new KuraError('invalid', 'knowledge.attachment-too-large', { params: { name, most: mostMiB } });
  const mediaType = mediaTypeOf(bytes);
  if (mediaType === undefined) throw new KuraError('forbidden', 'knowledge.attachment-program', { params });
  const named = namedTypes.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
  if (named !== undefined && named !== mediaType)
    throw new KuraError('invalid', 'knowledge.attachment-mislabelled', { params: { name, named, mediaType } });
  return { name, mediaType };
}

/** Of these a name says what a browser or a viewer will do with them. */
const namedTypes: ReadonlyMap<string, string> = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['pdf', 'application/pdf'],
]);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined for programs: they belong into a package store, not beside a text that people trust. */
function mediaTypeOf(bytes: Uint8Array): string | undefined {
  const picture = pictureFormat(bytes);
  if (picture !== undefined) return `image/${picture}`;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.byteLength)).toString('latin1');
  if (head.startsWith('%PDF-')) return 'application/pdf';
  if (isText(bytes)) return 'text/plain';
  return programs.some((beginning) => head.startsWith(beginning)) ? undefined : 'application/octet-stream';
}

/** Windows, Linux, and what macOS writes in either order of bytes. */
const programs = [
  'MZ',
  '\u007fELF',
  '\u00fe\u00ed\u00fa\u00ce',
  '\u00fe\u00ed\u00fa\u00cf',
  '\u00ce\u00fa\u00ed\u00fe',
  '\u00cf\u00fa\u00ed\u00fe',
  '\u00ca\u00fe\u00ba\u00be',
];

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
