/** What can go wrong with any back end, in the same words for all of them. */
import { KuraError } from '#kernel/errors';

interface Trouble {
  readonly location: string;
  readonly cause?: unknown;
}

export function storageFull(
  { location, cause }: Trouble,
  room: { readonly free?: number; readonly needed?: number } = {},
): KuraError {
  return new KuraError('unavailable', 'vault.storage-full', { params: { location, ...room }, cause });
}

/** Nothing was heard, or the connection broke: trying again may help. */
export function storageUnreachable({ location, cause }: Trouble, reason: string): KuraError {
  return new KuraError('unavailable', 'vault.storage-unreachable', { params: { location, reason }, cause });
}

/** It answered, and does not let us: login, permission, a bucket that is not there. */
export function storageRefused({ location, cause }: Trouble, reason: string): KuraError {
  return new KuraError('forbidden', 'vault.storage-refused', { params: { location, reason }, cause });
}

export function storageReadOnly({ location, cause }: Trouble): KuraError {
  return new KuraError('conflict', 'vault.storage-read-only', { params: { location }, cause });
}

export function objectMissing(object: string, cause?: unknown): KuraError {
  return new KuraError('not-found', 'vault.object-missing', { params: { object }, cause });
}

export function objectTruncated(object: string): KuraError {
  return new KuraError('mismatch', 'vault.object-truncated', { params: { object } });
}

/** The medium has it but does not give it out, such as a bad sector. */
export function objectUnreadable(object: string, reason: string, cause?: unknown): KuraError {
  return new KuraError('mismatch', 'vault.object-unreadable', { params: { object, reason }, cause });
}

/** `create` found somebody else's value. */
export function objectExists(object: string, cause?: unknown): KuraError {
  return new KuraError('conflict', 'vault.object-exists', { params: { object }, cause });
}

/** Kept by the storage itself. `until` is an ISO instant, or empty where the storage does not say. */
export function objectRetained(object: string, until: string): KuraError {
  return new KuraError('refused', 'vault.object-retained', { params: { object, until } });
}

const SAFE_KEY = /^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)*$/;

/** Keys that mean the same on every back end and never leave it. @throws RangeError */
export function requireKey(key: string): void {
  if (!SAFE_KEY.test(key)) throw new RangeError(`not a storage key: ${key}`);
}
