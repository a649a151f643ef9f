/** Outgoing requests: one client, one egress policy. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { configuredNetwork, readAuthorities } from './configured-network.ts';
export { createDirectoryEgress, type DirectoryEgress } from './directory-egress.ts';
export { createEgressPolicy, type EgressPolicy, openEgress } from './egress-policy.ts';
export {
  createOutboundClient,
  type OutboundAnswer,
  type OutboundClient,
  type OutboundRequest,
} from './outbound-client.ts';
export const outboundMessages: Catalogues = { en, ja };
