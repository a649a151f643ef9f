/** Outgoing requests: one client, one egress policy. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { checkHost } from './check-host.ts';
export { configuredNetwork, readAuthorities } from './configured-network.ts';
export { type CheckedPlace, connectChecked } from './connect-checked.ts';
export { createDirectoryEgress, type DirectoryEgress } from './directory-egress.ts';
export { createEgressPolicy, type EgressPolicy, openEgress } from './egress-policy.ts';
export { type ConnectionRequest, openConnection } from './open-connection.ts';
export {
  createOutboundClient,
  type OutboundAnswer,
  type OutboundBytes,
  type OutboundClient,
  type OutboundRequest,
} from './outbound-client.ts';
export { createProviderEgress } from './provider-egress.ts';
export { readCertificate } from './read-certificate.ts';
export { createStorageEgress } from './storage-egress.ts';
export const outboundMessages: Catalogues = { en, ja };
