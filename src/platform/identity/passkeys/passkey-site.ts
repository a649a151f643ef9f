/** For which site passkeys are made: they answer to no other, which is what makes them worthless to phishers. */
import { isIP } from 'node:net';

import { KuraError } from '#kernel/errors';

import type { Origin } from '../actors.ts';
import type { IdentityDeps } from '../identity-deps.ts';

export interface PasskeySite {
  readonly origin: string;
  readonly rpId: string;
}

/**
 * The address that is configured; without one only that of this machine, as the browser names it.
 * @throws KuraError conflict `identity.passkeys-off`
 */
export function passkeySite({ settings }: Pick<IdentityDeps, 'settings'>, { client }: Origin): PasskeySite {
  const own = /^localhost(?::\d{1,5})?$/.test(client?.host ?? '') ? client : undefined;
  const local = own === undefined ? undefined : `${own.secure ? 'https' : 'http'}://${own.host ?? ''}`;
  const address = settings().publicUrl ?? local;
  const url = address === undefined ? undefined : new URL(address);
  // Browsers know no passkeys for bare addresses.
  if (url === undefined || isIP(url.hostname.replaceAll(/[[\]]/g, '')) !== 0) {
    throw new KuraError('conflict', 'identity.passkeys-off');
  }
  return { origin: url.origin, rpId: url.hostname };
}
