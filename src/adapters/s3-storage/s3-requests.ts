/** Signed requests to one bucket (AWS Signature Version 4), tried again where that can help. */
import { setTimeout } from 'node:timers/promises';

import { AwsV4Signer } from 'aws4fetch';

import { storageFull, storageRefused, storageUnreachable } from '#engines/vault';
import type { Clock } from '#kernel/clock';
import { isKuraError, type KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';
import type { OutboundBytes, OutboundClient } from '#platform/outbound';

import { errorCode } from './s3-answer.ts';
import type { S3Place } from './s3-place.ts';

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface S3Deps {
  readonly place: S3Place;
  readonly credentials: S3Credentials;
  readonly outbound: OutboundClient;
  readonly clock: Clock;
  /** Before the second attempt; doubles each time. Default 200 ms. */
  readonly firstPauseMs?: number;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Storage key; undefined asks the bucket. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

export interface S3Requests {
  /** Any answer below 300, and those whose status the caller can make something of. */
  send(request: S3Request, expected?: readonly number[]): Promise<OutboundBytes>;
}

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 200;
const LARGEST_ANSWER = 256 * MIB;
const never = new AbortController().signal;

export function createS3Requests(deps: S3Deps): S3Requests {
  const { place, outbound, firstPauseMs = FIRST_PAUSE_MS } = deps;

  async function once(request: S3Request): Promise<OutboundBytes> {
    const { url, headers } = await signed(deps, request);
    return await outbound.sendForBytes({
      method: request.method,
      url,
      headers,
      maxBodyBytes: LARGEST_ANSWER,
      signal: request.signal ?? never,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
  }

  async function attempted(request: S3Request): Promise<OutboundBytes | KuraError> {
    try {
      return await once(request);
    } catch (error) {
      if (!isKuraError(error) || error.code !== 'outbound.unreachable') throw error;
      return storageUnreachable({ location: place.location, cause: error }, String(error.params['reason']));
    }
  }

  return {
    async send(request, expected = []) {
      for (let attempt = 1; ; attempt += 1) {
        request.signal?.throwIfAborted();
        const answer = await attempted(request);
        if (!isKuraError(answer) && (answer.status < 300 || expected.includes(answer.status))) return answer;
        const failure = isKuraError(answer) ? answer : failureOf(place, answer);
        if (failure.kind !== 'unavailable' || failure.code === 'vault.storage-full' || attempt === ATTEMPTS)
          throw failure;
        await setTimeout(firstPauseMs * 2 ** (attempt - 1), undefined, signalOf(request));
      }
    },
  };
}

function signalOf({ signal }: S3Request) {
  return signal === undefined ? {} : { signal };
}

async function signed({ place, credentials, clock }: S3Deps, request: S3Request) {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(request.body ?? [])));
  const signer = new AwsV4Signer({
    method: request.method,
    url: urlOf(place, request),
    // The store refuses what does not arrive as it was sent.
    headers: { ...request.headers, 'x-amz-content-sha256': hash.toString('hex') },
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    service: 's3',
    region: place.region,
    datetime: new Date(clock.now()).toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
  });
  const { url, headers } = await signer.sign();
  return { url: url.href, headers: Object.fromEntries(headers.entries()) };
}

function urlOf(place: S3Place, { key, query = {} }: S3Request): string {
  const path = [place.bucket, ...(key === undefined ? [] : `${place.prefix}${key}`.split('/'))];
  const url = new URL(`/${path.map(encodeURIComponent).join('/')}`, place.endpoint);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  // A space is signed as %20 and nothing else.
  url.search = url.searchParams.toString().replaceAll('+', '%20');
  return url.href;
}

const outOfRoom = new Set(['QuotaExceeded', 'XMinioStorageFull', 'StorageFull', 'InsufficientCapacity']);

function failureOf({ location }: S3Place, { status, body }: OutboundBytes): KuraError {
  const code = errorCode(body) ?? `HTTP ${status}`;
  if (outOfRoom.has(code) || status === 507) return storageFull({ location });
  const mayPass = status >= 500 || status === 429 || status === 408 || code === 'SlowDown' || code === 'RequestTimeout';
  return mayPass && status !== 501 ? storageUnreachable({ location }, code) : storageRefused({ location }, code);
}
