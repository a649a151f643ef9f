/** What it means when a source no longer answers for the version we hold pieces of. */
import { KuraError } from '#kernel/errors';

import type { OpenedAnswer } from './answer-reader.ts';
import { type Entity, sameEntity } from './entity.ts';
import { TransferFault } from './transfer-fault.ts';

/**
 * The same version in one piece, or nothing where bytes should be: the source has no working ranges, so begin in one
 * stream. Anything else is another version: begin at zero.
 */
export function sourceChanged(opened: OpenedAnswer, known: Entity): TransferFault {
  const verdict = new KuraError('unavailable', 'transfer.source-changing');
  const isSame =
    opened.kind === 'beyond-end' ? opened.totalBytes === known.totalBytes : sameEntity(known, opened.entity);
  return new TransferFault({ remedy: isSame ? 'plain' : 'restart', verdict });
}
