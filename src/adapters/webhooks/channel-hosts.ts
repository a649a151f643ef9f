/** Whose addresses chat services have. Exact names and whole endings: `evil-office.com` is nobody's webhook. */
import type { ChannelKind } from '#platform/notify/contract';

/**
 * Slack: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. Teams: addresses of Workflows
 * (Power Automate) and, as long as they live, of Office 365 connectors.
 */
const hosts: Readonly<
  Record<Exclude<ChannelKind, 'webhook'>, { readonly names: readonly string[]; readonly endings: readonly string[] }>
> = {
  slack: { names: ['hooks.slack.com', 'hooks.slack-gov.com'], endings: [] },
  teams: { names: [], endings: ['.logic.azure.com', '.api.powerplatform.com', '.webhook.office.com'] },
};

/** @param configured hosts that the configuration names: services of the house that take the same messages */
export function mayBeChannel(kind: ChannelKind, hostname: string, configured: readonly string[]): boolean {
  if (kind === 'webhook') return true;
  const host = hostname.toLowerCase().replace(/\.$/, '');
  const { names, endings } = hosts[kind];
  return names.includes(host) || endings.some((ending) => host.endsWith(ending)) || configured.includes(host);
}
