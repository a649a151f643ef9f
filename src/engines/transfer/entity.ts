/** Which version of a file an answer belongs to, so that bytes of two versions are never joined. */

import { fixesEveryByte } from './file-hashes.ts';
import type { ExpectedContent } from './transfer-request.ts';

interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export interface Entity {
  readonly totalBytes?: number | undefined;
  readonly validators: Validators;
}

/** Whether two answers speak of the same bytes: same length, and the same ETag or, where there is none, the same date. */
export function sameEntity(known: Entity, seen: Entity): boolean {
  if (known.totalBytes !== seen.totalBytes) return false;
  const [a, b] = [known.validators, seen.validators];
  if (a.etag !== undefined || b.etag !== undefined) return a.etag === b.etag;
  return a.lastModified === b.lastModified;
}

/**
 * Whether what an earlier run has left may be gone on with. Another source – a mirror – has another ETag for the same
 * bytes; where the part names no version, the published hash has vouched for what is here (`provePart`).
 */
export function mayContinue(known: Entity, seen: Entity, expected: ExpectedContent): boolean {
  const { etag, lastModified } = known.validators;
  const isOpen = etag === undefined && lastModified === undefined && expected.hashes?.SHA256 !== undefined;
  return sameEntity(known, seen) || (isOpen && known.totalBytes === seen.totalBytes);
}

/**
 * The validator for If-Range (RFC 9110 §13.1.5): a strong ETag, else the date. A weak ETag may not be used there; it is
 * still compared when the answer is here.
 */
export function ifRangeOf(entity: Entity): string | undefined {
  const { etag, lastModified } = entity.validators;
  return etag !== undefined && !etag.startsWith('W/') ? etag : lastModified;
}

/** Whether pieces fetched by several requests may be put together: something must tell if they do not belong together. */
export function mayJoinPieces(entity: Entity, expected: ExpectedContent): boolean {
  const { etag, lastModified } = entity.validators;
  return etag !== undefined || lastModified !== undefined || fixesEveryByte(expected.hashes ?? {});
}
