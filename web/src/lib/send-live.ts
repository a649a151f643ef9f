/** Messages to the server over the page's socket, each acknowledged. */
import { type Acknowledgement, acknowledgementSchema } from '#platform/live/contract';

import { acquireSocket, isConnected, releaseSocket } from './live-socket.ts';

/** From here on the line counts as broken; whoever sends has another way. */
const patienceMs = 10_000;

/** @returns what the server said; undefined when there is no line, or nothing came back over it in ten seconds. */
export async function sendLive(topic: string, message: object): Promise<Acknowledgement | undefined> {
  if (!isConnected()) return undefined;
  const socket = acquireSocket();
  try {
    const told: unknown = await socket.timeout(patienceMs).emitWithAck(topic, message);
    return acknowledgementSchema.safeParse(told).data;
  } catch {
    return undefined;
  } finally {
    releaseSocket();
  }
}
