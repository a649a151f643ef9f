import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';

import { checkedLookup } from '#engines/transfer';

import type { DirectoryEgress } from './directory-egress.ts';

export interface CheckedPlace {
  readonly host: string;
  readonly port: number;
  /** Asked about every address the name stands for, after DNS (P-055). */
  readonly egress: DirectoryEgress;
}

/** A TCP connection. @throws what the policy and the socket say; the signal's reason */
export async function connectChecked({ host, port, egress }: CheckedPlace, signal: AbortSignal): Promise<Socket> {
  if (isIP(host) !== 0) egress.checkAddress(host, host);
  const lookup = checkedLookup({
    checkUrl: () => undefined,
    checkAddress: (address) => egress.checkAddress(address, host),
  });
  const socket = connect({ host, port, lookup });
  // Who uses the socket learns of errors by their own listener; this one keeps an idle one from ending the process.
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
