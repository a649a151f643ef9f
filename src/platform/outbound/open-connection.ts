/** TCP connections for protocols other than HTTP, under the same egress policy. */
import type { Socket } from 'node:net';

import { KuraError, systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import { connectChecked } from './connect-checked.ts';
import type { EgressPolicy } from './egress-policy.ts';

export interface ConnectionRequest {
  readonly host: string;
  readonly port: number;
  readonly egress: EgressPolicy;
  readonly signal?: AbortSignal | undefined;
}

const CONNECT_TIMEOUT_MS = 15 * SECOND;

/** @throws KuraError unavailable `outbound.unreachable`, refused `outbound.refused`; the signal's reason */
export async function openConnection({ host, port, egress, signal }: ConnectionRequest): Promise<Socket> {
  signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(CONNECT_TIMEOUT_MS);
  const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  try {
    const checked = {
      checkAddress: (address: string, hostname: string) => egress.checkAddress(address, { hostname }),
    };
    const socket = await connectChecked({ host, port, egress: checked }, either);
    socket.setNoDelay(true);
    return socket;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof KuraError) throw error;
    const reason = timeout.aborted ? 'ETIMEDOUT' : (systemCode(error) ?? String(error));
    throw new KuraError('unavailable', 'outbound.unreachable', {
      params: { host: `${host}:${port}`, reason },
      cause: error,
    });
  }
}
