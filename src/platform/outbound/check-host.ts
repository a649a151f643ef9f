import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

import type { EgressPolicy } from './egress-policy.ts';

/**
 * Whether a program of others may be sent to a host: every address its name stands for is asked about. A name that stands
 * for none is left to the program, which may know it by a file of its own (`~/.ssh/config`), and else fails by itself.
 * @throws KuraError refused `outbound.refused`
 */
export async function checkHost(egress: Pick<EgressPolicy, 'checkAddress'>, hostname: string): Promise<void> {
  const bare = hostname.replace(/^\[|\]$/g, '');
  const found = isIP(bare) === 0 ? await lookup(bare, { all: true }).catch(() => []) : [{ address: bare }];
  for (const { address } of found) egress.checkAddress(address, { hostname: bare });
}
