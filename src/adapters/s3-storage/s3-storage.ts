import {
  objectExists,
  objectMissing,
  objectTruncated,
  requireKey,
  type StoredItem,
  type VaultStorage,
} from '#engines/vault';

import { elements, elementText } from './s3-answer.ts';
import { PART_BYTES, writeInParts } from './s3-multipart.ts';
import { createS3Requests, type S3Deps, type S3Requests } from './s3-requests.ts';
import { createS3Retention } from './s3-retention.ts';

export interface S3StorageOptions extends S3Deps {
  /** Objects per page of a listing; the store's own limit of 1000 unless a test wants less. */
  readonly pageSize?: number;
}

/** A repository in a bucket of an S3-compatible object store. */
export function createS3Storage(options: S3StorageOptions): VaultStorage {
  const { place } = options;
  const requests = createS3Requests(options);
  const retention = createS3Retention(place, requests, options.clock);

  /** False where the condition does not hold. */
  async function put(
    key: string,
    given: Uint8Array,
    condition: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    signal?.throwIfAborted();
    requireKey(key);
    const value = unshared(given);
    const kept = retention.headersFor(key, value);
    if (value.byteLength > PART_BYTES) {
      return (await writeInParts(place, requests, { key, value, retention: kept, condition, signal })) < 300;
    }
    const request = { method: 'PUT', key, headers: { ...kept, ...condition }, body: value, signal } as const;
    const expected = Object.keys(condition).length === 0 ? [] : [409, 412];
    return (await requests.send(request, expected)).status < 300;
  }

  return {
    location: place.location,
    list: (prefix, signal) => listObjects(options, requests, prefix, signal),
    read: (key, { range, signal } = {}) => readObject(requests, key, range, signal),
    async write(key, value, signal) {
      await put(key, value, {}, signal);
    },
    async create(key, value, signal) {
      if (!(await put(key, value, { 'if-none-match': '*' }, signal))) throw objectExists(key);
    },
    async remove(key, signal) {
      signal?.throwIfAborted();
      requireKey(key);
      await retention.requireRemovable(key, signal);
      await requests.send({ method: 'DELETE', key, signal }, [404]);
    },
    async refusesRemoval(key, value, signal) {
      requireKey(key);
      const written = await requests.send({
        method: 'PUT',
        key,
        headers: retention.headersFor(key, value),
        body: value,
        signal,
      });
      // Without naming the version a store that keeps them only marks the object as deleted.
      const version = written.headers['x-amz-version-id'];
      const query = version === undefined ? {} : { versionId: version };
      const { status } = await requests.send({ method: 'DELETE', key, query, signal }, [403]);
      return status === 403;
    },
    // What the store has confirmed is durable.
    async sync() {},
    freeBytes: async () => undefined,
    discardUnfinished: (signal) => endUploads(options, requests, signal),
  };
}

async function* listObjects(
  { place, pageSize = 1000 }: S3StorageOptions,
  requests: S3Requests,
  prefix: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredItem> {
  let token: string | undefined;
  do {
    const page = { 'list-type': '2', 'max-keys': String(pageSize), prefix: `${place.prefix}${prefix}` };
    const query = token === undefined ? page : { ...page, 'continuation-token': token };
    const { body } = await requests.send({ method: 'GET', query, signal });
    const xml = Buffer.from(body).toString('utf8');
    for (const entry of elements(xml, 'Contents')) {
      const key = elementText(entry, 'Key') ?? '';
      yield { key: key.slice(place.prefix.length), size: Number(elementText(entry, 'Size')) };
    }
    token = elementText(xml, 'IsTruncated') === 'true' ? elementText(xml, 'NextContinuationToken') : undefined;
  } while (token !== undefined);
}

async function readObject(
  requests: S3Requests,
  key: string,
  range: { readonly offset: number; readonly length: number } | undefined,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  requireKey(key);
  if (range?.length === 0) return await readNothing(requests, key, range.offset, signal);
  const headers = range === undefined ? {} : { range: `bytes=${range.offset}-${range.offset + range.length - 1}` };
  const { status, body } = await requests.send({ method: 'GET', key, headers, signal }, [404, 416]);
  if (status === 404) throw missing(key, body);
  if (range === undefined) return ownBytes(body);
  // A store may send the whole instead of the range.
  const part = status === 200 ? body.subarray(range.offset, range.offset + range.length) : body;
  if (status === 416 || part.byteLength !== range.length) throw objectTruncated(key);
  return ownBytes(part);
}

/** Headers cannot ask for no bytes at all. */
async function readNothing(
  requests: S3Requests,
  key: string,
  offset: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { status, headers, body } = await requests.send({ method: 'HEAD', key, signal }, [404]);
  if (status === 404) throw missing(key, body);
  if (offset > Number(headers['content-length'])) throw objectTruncated(key);
  return new Uint8Array();
}

function missing(key: string, body: Uint8Array): Error {
  return objectMissing(key, Buffer.from(body).toString('utf8').slice(0, 200));
}

/** What threads share cannot be sent as it is. */
function unshared(bytes: Uint8Array): Uint8Array {
  return bytes.buffer instanceof SharedArrayBuffer ? new Uint8Array(bytes) : bytes;
}

/** In a buffer of their own, which can be handed to another thread. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

/** Uploads in parts that were never finished. Stores that cannot list them remove them by themselves. */
async function endUploads(
  { place }: S3StorageOptions,
  requests: S3Requests,
  signal: AbortSignal | undefined,
): Promise<void> {
  const query = { uploads: '', prefix: place.prefix };
  const { status, body } = await requests.send({ method: 'GET', query, signal }, [400, 403, 404, 405, 501]);
  if (status !== 200) return;
  for (const upload of elements(Buffer.from(body).toString('utf8'), 'Upload')) {
    const key = (elementText(upload, 'Key') ?? '').slice(place.prefix.length);
    const uploadId = elementText(upload, 'UploadId') ?? '';
    await requests.send({ method: 'DELETE', key, query: { uploadId }, signal }, [404]);
  }
}
