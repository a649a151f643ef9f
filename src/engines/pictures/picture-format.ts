/** What a picture is, by its first bytes: names and content types of strangers say little. */

export type PictureFormat = 'png' | 'jpeg' | 'gif' | 'webp';

/** @param head at least the first 12 bytes; undefined for everything else, videos included */
export function pictureFormat(head: Uint8Array): PictureFormat | undefined {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(12, head.byteLength)).toString('latin1');
  if (start.startsWith('\u0089PNG')) return 'png';
  if (start.startsWith('\u00ff\u00d8\u00ff')) return 'jpeg';
  if (start.startsWith('GIF8')) return 'gif';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'webp' : undefined;
}
