/** Object lock: what the store keeps from being removed, whoever asks, until a day comes. */
import { createHash } from 'node:crypto';

import { objectRetained } from '#engines/vault';
import type { Clock } from '#kernel/clock';
import { DAY } from '#kernel/units';

import type { S3Place } from './s3-place.ts';
import type { S3Requests } from './s3-requests.ts';

export interface S3Retention {
  /** What a write says about it. */
  headersFor(key: string, value: Uint8Array): Readonly<Record<string, string>>;
  /** @throws KuraError refused `vault.object-retained` */
  requireRemovable(key: string, signal?: AbortSignal): Promise<void>;
}

export function createS3Retention(place: S3Place, requests: S3Requests, clock: Clock): S3Retention {
  let locks: Promise<boolean> | undefined;

  /** Stores without object lock answer that they know no such thing. */
  async function bucketLocks(signal?: AbortSignal): Promise<boolean> {
    if (place.lockDays !== undefined) return true;
    const answer = await requests.send(
      { method: 'GET', query: { 'object-lock': '' }, signal },
      [400, 403, 404, 405, 501],
    );
    return answer.status === 200 && Buffer.from(answer.body).includes('<ObjectLockEnabled>Enabled');
  }

  return {
    headersFor(key, value) {
      // Locks of writers come and go.
      if (place.lockDays === undefined || key.startsWith('locks/')) return {};
      return {
        'x-amz-object-lock-mode': place.lockMode.toUpperCase(),
        'x-amz-object-lock-retain-until-date': new Date(clock.now() + place.lockDays * DAY).toISOString(),
        // Locked writes must prove their content in this way, too.
        'content-md5': createHash('md5').update(value).digest('base64'),
      };
    },
    async requireRemovable(key, signal) {
      if (key.startsWith('locks/')) return;
      locks ??= bucketLocks(signal);
      const isLocking = await locks.catch((error: unknown) => {
        locks = undefined;
        throw error;
      });
      if (!isLocking) return;
      const { headers, status } = await requests.send({ method: 'HEAD', key, signal }, [404]);
      if (status === 404) return;
      const until = headers['x-amz-object-lock-retain-until-date'] ?? '';
      if (headers['x-amz-object-lock-legal-hold'] === 'ON') throw objectRetained(key, '');
      if (until !== '' && Date.parse(until) > clock.now()) throw objectRetained(key, new Date(until).toISOString());
    },
  };
}
