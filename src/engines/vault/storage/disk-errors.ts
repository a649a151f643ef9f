/** What errors of the system mean for a repository. */
import { systemCode } from '#kernel/errors';

import { storageFull, storageReadOnly, storageRefused, storageUnreachable } from './storage-errors.ts';

const gone = new Set([
  'EIO',
  'ENODEV',
  'ENXIO',
  'ESTALE',
  'EHOSTDOWN',
  'ENOTCONN',
  'ETIMEDOUT',
  'EREMOTEIO',
  'ENOLINK',
]);

/** The error itself when it means nothing special. */
export function asStorageError(error: unknown, location: string): unknown {
  const code = systemCode(error) ?? '';
  const trouble = { location, cause: error };
  if (code === 'ENOSPC' || code === 'EDQUOT') return storageFull(trouble, { free: 0 });
  if (code === 'EROFS') return storageReadOnly(trouble);
  if (code === 'EACCES' || code === 'EPERM') return storageRefused(trouble, code);
  return gone.has(code) ? storageUnreachable(trouble, code) : error;
}
