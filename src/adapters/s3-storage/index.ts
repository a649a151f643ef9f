/** Vault repositories in S3-compatible object stores. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { type S3Place, s3Place } from './s3-place.ts';
export type { S3Credentials } from './s3-requests.ts';
export { createS3Storage, type S3StorageOptions } from './s3-storage.ts';
export const s3StorageMessages: Catalogues = { en, ja };
