import { createS3Storage, type S3Credentials, s3Place } from '#adapters/s3-storage';
import type { RemoteStorage } from '#backups/ports';
import { systemClock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { type StorageCredentials, storageLogin } from '#platform/config';
import { createOutboundClient } from '#platform/outbound';

import type { StorageSources } from './storage-sources.ts';

export function openS3(address: string, known: StorageCredentials, sources: StorageSources): RemoteStorage {
  const place = s3Place(address);
  const credentials = s3Login(known, place.location, sources);
  if (credentials === undefined) {
    throw new KuraError('invalid', 's3.credentials-missing', { params: { location: place.location } });
  }
  const outbound = createOutboundClient(sources.egress, sources.network);
  const storage = createS3Storage({ place, credentials, outbound, clock: systemClock });
  return { ...storage, [Symbol.asyncDispose]: () => outbound[Symbol.asyncDispose]() };
}

function s3Login(known: StorageCredentials, location: string, sources: StorageSources): S3Credentials | undefined {
  const login = storageLogin(known, location);
  if (login?.accessKeyId !== undefined && login.secretAccessKey !== undefined) {
    return { ...login, accessKeyId: login.accessKeyId, secretAccessKey: login.secretAccessKey };
  }
  if (!sources.atTerminal) return undefined;
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = sources.environment;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken };
}
