/** Live updates: what the server tells while a page is open. */
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { z } from 'zod';

import { acquireSocket, isConnected, releaseSocket, watchConnection } from './live-socket.ts';

/** Calls `onEvent` for each event of the topic that has the shape the contract promises. */
export function useLive<Schema extends z.ZodType>(
  topic: string,
  schema: Schema,
  onEvent: (event: z.output<Schema>) => void,
): void {
  const handle = useEffectEvent((payload: unknown) => {
    const event = schema.safeParse(payload);
    if (event.success) onEvent(event.data);
  });
  useEffect(() => {
    const connected = acquireSocket();
    function listener(payload: unknown): void {
      handle(payload);
    }
    connected.on(topic, listener);
    return () => {
      connected.off(topic, listener);
      releaseSocket();
    };
  }, [topic]);
}

/** Whether live updates arrive at the moment. */
export function useLiveConnected(): boolean {
  return useSyncExternalStore(watchConnection, isConnected);
}
