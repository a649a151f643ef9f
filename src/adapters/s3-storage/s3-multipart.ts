/** Large values in parts: what breaks is sent again by itself, and nothing is seen before the last part is there. */
import { storageUnreachable } from '#engines/vault';
import { MIB } from '#kernel/units';

import { elementText, errorCode } from './s3-answer.ts';
import type { S3Place } from './s3-place.ts';
import type { S3Requests } from './s3-requests.ts';

/** The store's own least size of a part is 5 MiB. */
export const PART_BYTES = 8 * MIB;

export interface LargeWrite {
  readonly key: string;
  readonly value: Uint8Array;
  readonly retention: Readonly<Record<string, string>>;
  /** Of the request that makes the object. */
  readonly condition: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

/** @returns the status of the last request: 200, or 409 and 412 where the condition does not hold */
export async function writeInParts(place: S3Place, requests: S3Requests, write: LargeWrite): Promise<number> {
  const { key, signal } = write;
  const { 'content-md5': _md5, ...retention } = write.retention;
  const begun = await requests.send({ method: 'POST', key, query: { uploads: '' }, headers: retention, signal });
  const uploadId = elementText(Buffer.from(begun.body).toString('utf8'), 'UploadId');
  if (uploadId === undefined) throw storageUnreachable({ location: place.location }, 'no UploadId');
  try {
    const tags = await Promise.all(
      partsOf(write.value).map((body, index) => sendPart(requests, write, { uploadId, body, index })),
    );
    return await finish(place, requests, write, { uploadId, tags });
  } catch (error) {
    // Parts of an upload that is not ended are paid for; the next run ends what this cannot.
    await requests.send({ method: 'DELETE', key, query: { uploadId } }, [404]).catch(() => undefined);
    throw error;
  }
}

function partsOf(value: Uint8Array): readonly Uint8Array[] {
  const count = Math.floor(value.byteLength / PART_BYTES);
  // The last part takes the rest along, so that none is too small.
  return Array.from({ length: count }, (_, index) =>
    value.subarray(index * PART_BYTES, index === count - 1 ? undefined : (index + 1) * PART_BYTES),
  );
}

interface Part {
  readonly uploadId: string;
  readonly body: Uint8Array;
  readonly index: number;
}

async function sendPart(
  requests: S3Requests,
  { key, signal }: LargeWrite,
  { uploadId, body, index }: Part,
): Promise<string> {
  const query = { partNumber: String(index + 1), uploadId };
  const { headers } = await requests.send({ method: 'PUT', key, query, body, signal });
  return headers['etag'] ?? '';
}

async function finish(
  place: S3Place,
  requests: S3Requests,
  { key, condition, signal }: LargeWrite,
  { uploadId, tags }: { readonly uploadId: string; readonly tags: readonly string[] },
): Promise<number> {
  const parts = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
  const xml = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</CompleteMultipartUpload>`;
  const request = {
    method: 'POST',
    key,
    query: { uploadId },
    headers: condition,
    body: Buffer.from(xml),
    signal,
  } as const;
  const { status, body } = await requests.send(request, [409, 412]);
  // A success that turned into a failure while it was being prepared is told in the body.
  const code = status === 200 ? errorCode(body) : undefined;
  if (code !== undefined) throw storageUnreachable({ location: place.location }, code);
  return status;
}
