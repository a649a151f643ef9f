/** Answers that are files to be saved. */
import type { RequestContext } from './route-handler.ts';

/**
 * Says that the answer is a file of this name, which never acts as a page of this site. (That its type is not guessed is
 * said on every answer.) Any name: those who read only `filename` get `_` for what is not ASCII (RFC 6266 §4.3, D).
 */
export function nameFile(
  { reply }: Pick<RequestContext, 'reply'>,
  { name, mediaType }: { readonly name: string; readonly mediaType: string },
): void {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/gu, '_');
  reply.header('content-type', mediaType);
  reply.header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeExtended(name)}`);
  reply.header('content-security-policy', "default-src 'none'; sandbox");
}

/** RFC 8187 leaves fewer letters as they are than addresses do. */
function encodeExtended(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
