/**
 * A webhook that its receiver can trust: signed as Standard Webhooks say (https://www.standardwebhooks.com), HMAC-SHA256
 * over id, time and body. The id stays the same when it is sent again, and what is older than a few minutes is a replay.
 */
import { createHmac } from 'node:crypto';

import type { ChannelMessage } from '#platform/notify';

export interface SignedRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @param now milliseconds */
export function signedWebhook({ id, language, title, notices, secrets }: ChannelMessage, now: number): SignedRequest {
  const timestamp = String(Math.floor(now / 1000));
  const body = JSON.stringify({
    type: 'kura.notices',
    timestamp: new Date(now).toISOString(),
    data: { id, language, title, notices },
  });
  return {
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      // Both secrets while one takes over from the other.
      'webhook-signature': secrets.map((secret) => `v1,${sign(secret, `${id}.${timestamp}.${body}`)}`).join(' '),
    },
  };
}

function sign(secret: string, text: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(text).digest('base64');
}
