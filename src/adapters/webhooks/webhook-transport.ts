/** Hands messages to Slack, Teams and receivers of webhooks, over the one client for outgoing requests. */
import type { NetworkOptions } from '#engines/transfer';
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { KIB, SECOND } from '#kernel/units';
import type { ChannelAnswer, ChannelMessage, ChannelTransport } from '#platform/notify';
import { createOutboundClient, createStorageEgress, type OutboundAnswer } from '#platform/outbound';

import { mayBeChannel } from './channel-hosts.ts';
import { type SignedRequest, signedWebhook } from './signed-webhook.ts';
import { slackMessage } from './slack-message.ts';
import { teamsMessage } from './teams-message.ts';

export interface WebhookSettings {
  /** Hosts on this machine or in private networks that may be reached, and that take what Slack or Teams take. */
  readonly hosts: readonly string[];
  readonly network: NetworkOptions | undefined;
  readonly clock: Clock;
  readonly version: string;
}

const timeoutMs = 10 * SECOND;
const longestAnswer = 300;

export function createWebhookTransport({ hosts, network, clock, version }: WebhookSettings): ChannelTransport {
  const egress = createStorageEgress(hosts);
  return {
    checkAddress(kind, url) {
      if (!mayBeChannel(kind, url.hostname, hosts)) {
        throw new KuraError('invalid', 'notify.channel-address-foreign', { params: { kind, host: url.hostname } });
      }
      egress.checkUrl(url);
    },
    async send(message, signal) {
      const { body, headers } = requestOf(message, clock);
      // A client of its own each time: few messages leave, and none should keep a connection open.
      await using client = createOutboundClient(egress, network);
      const answer = await client.send({
        method: 'POST',
        url: message.url,
        headers: { 'content-type': 'application/json', 'user-agent': `Kura/${version}`, ...headers },
        body,
        maxBodyBytes: 64 * KIB,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      return judge(message, answer);
    },
  };
}

function requestOf(message: ChannelMessage, clock: Clock): SignedRequest {
  if (message.kind === 'webhook') return signedWebhook(message, clock.now());
  const said = message.kind === 'slack' ? slackMessage(message) : teamsMessage(message);
  return { body: JSON.stringify(said), headers: {} };
}

/** @throws KuraError unavailable or limit where trying again may help, conflict where it does not */
function judge({ url }: ChannelMessage, { status, body, headers }: OutboundAnswer): ChannelAnswer {
  const answer = withoutSecrets(body, url).replaceAll(/\s+/g, ' ').trim().slice(0, longestAnswer);
  if (status >= 200 && status < 300) return { status, answer };
  const params = { host: new URL(url).host, status, reason: `${status} ${answer}`.trim() };
  if (status === 429) {
    const seconds = Number(headers['retry-after']);
    const wait = Number.isFinite(seconds) ? { retryAfterMs: seconds * SECOND } : {};
    throw new KuraError('limit', 'webhooks.too-many', { params, ...wait });
  }
  const mayPass = status >= 500 || status === 408;
  throw new KuraError(mayPass ? 'unavailable' : 'conflict', mayPass ? 'webhooks.failed' : 'webhooks.refused', {
    params,
  });
}

/** An answer may repeat the address, which is as good as a password. */
function withoutSecrets(answer: string, url: string): string {
  const { pathname, search } = new URL(url);
  const secrets = [url, `${pathname}${search}`, pathname, search].filter((part) => part.length > 1);
  return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), answer);
}
