/** Live updates: one socket for the whole page, opened with the first listener and closed after the last. */
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';

let socket: Socket | undefined;
let listeners = 0;
const watchers = new Set<() => void>();

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
    const connected = acquire();
    function listener(payload: unknown): void {
      handle(payload);
    }
    connected.on(topic, listener);
    return () => {
      connected.off(topic, listener);
      release();
    };
  }, [topic]);
}

/** Whether live updates arrive at the moment. */
export function useLiveConnected(): boolean {
  return useSyncExternalStore(watch, () => socket?.connected ?? false);
}

function watch(onChange: () => void): () => void {
  watchers.add(onChange);
  return () => watchers.delete(onChange);
}

function acquire(): Socket {
  listeners += 1;
  if (socket === undefined) {
    socket = io({ path: '/socket.io', transports: ['websocket', 'polling'] });
    socket.on('connect', announce);
    socket.on('disconnect', announce);
  }
  return socket;
}

function release(): void {
  listeners -= 1;
  if (listeners > 0) return;
  socket?.disconnect();
  socket = undefined;
  announce();
}

function announce(): void {
  for (const watcher of watchers) watcher();
}
