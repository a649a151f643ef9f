/** How questions reach the provider: through the one way out, with its addresses checked. */
import type { CustomFetch } from 'openid-client';

import type { NetworkOptions } from '#engines/transfer';
import { MIB, SECOND } from '#kernel/units';
import { createOutboundClient, createProviderEgress } from '#platform/outbound';

import { timeoutSeconds } from './provider-faults.ts';

/** Statuses that come without a body. */
const bare = new Set([204, 205, 304]);

export function createProviderFetch(issuer: string, network: NetworkOptions): CustomFetch {
  const egress = createProviderEgress(new URL(issuer));
  return async (url, { method, headers, body, signal }) => {
    // A connection per question: logins are rare, and nothing is left open.
    await using outbound = createOutboundClient(egress, network);
    const answer = await outbound.send({
      method,
      url,
      headers,
      ...(body === undefined || body === null ? {} : { body: textOf(body) }),
      maxBodyBytes: MIB,
      signal: signal ?? AbortSignal.timeout(timeoutSeconds * SECOND),
    });
    const { status } = answer;
    return new Response(bare.has(status) ? null : answer.body, { status, headers: answer.headers });
  };
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('a request of another kind than forms and text');
}
