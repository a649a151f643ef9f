/** The engine set wrong bytes aside under a name of their own; they go where a person decides about them. */
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import { sizeOf } from '../library/intact-file.ts';
import { putIntoQuarantine, type QuarantineDeps } from '../scanning/quarantine.ts';
import { originOf } from './place-file.ts';
import type { PlannedFile } from './plan-file.ts';

export interface WrongBytes {
  readonly planned: PlannedFile;
  readonly error: KuraError;
  /** Message code: whose bytes they are. */
  readonly reason: 'models.hash-mismatch' | 'models.mirror-mismatch';
}

/** The error, with where the bytes are now; as it was when there are none. */
export async function withBytesKept(
  deps: { readonly quarantine: QuarantineDeps },
  { planned, error, reason }: WrongBytes,
  actor: Actor,
): Promise<KuraError> {
  const { path, actual, algorithm } = error.params;
  if (error.code !== 'transfer.hash-mismatch' || typeof path !== 'string') return error;
  const sizeBytes = await sizeOf(path);
  if (sizeBytes === undefined) return error;
  const item = await putIntoQuarantine(deps.quarantine, actor, {
    path,
    originalPath: planned.path,
    reason,
    verdict: null,
    format: null,
    findings: [],
    sha256: algorithm === 'SHA256' && typeof actual === 'string' ? actual : null,
    sizeBytes,
    origin: originOf(planned),
  });
  return new KuraError(error.kind, error.code, { params: { ...error.params, path: item.path }, cause: error });
}
