/**
 * The one socket of the page, opened with the first who needs it and closed after the last. When the line breaks, the
 * page says on its return which event it heard last, and hears the ones after it.
 */
import { io, type Socket } from 'socket.io-client';

import { missedTopic, readySchema, readyTopic } from '#platform/live/contract';

let socket: Socket | undefined;
let users = 0;
/** Place of the last event heard over this socket. */
let heardUpTo: number | undefined;
const watchers = new Set<() => void>();
const missedListeners = new Set<() => void>();

export function acquireSocket(): Socket {
  users += 1;
  socket ??= open();
  return socket;
}

export function releaseSocket(): void {
  users -= 1;
  if (users > 0) return;
  socket?.disconnect();
  socket = undefined;
  heardUpTo = undefined;
  announce();
}

export function isConnected(): boolean {
  return socket?.connected ?? false;
}

/** Calls `onChange` when the line breaks or is there again. Returns how to stop. */
export function watchConnection(onChange: () => void): () => void {
  watchers.add(onChange);
  return () => watchers.delete(onChange);
}

/** Calls `listener` when events were lost that nobody can tell any more: what is shown may be old. */
export function onMissed(listener: () => void): void {
  missedListeners.add(listener);
}

function open(): Socket {
  const opened = io({
    path: '/socket.io',
    transports: ['websocket', 'polling'],
    auth: (send) => send(heardUpTo === undefined ? {} : { after: heardUpTo }),
  });
  opened.on('connect', announce);
  opened.on('disconnect', announce);
  opened.onAny((_topic: string, _payload: unknown, position: unknown) => {
    if (typeof position === 'number') heardUpTo = Math.max(heardUpTo ?? 0, position);
  });
  opened.on(readyTopic, (payload: unknown) => {
    const ready = readySchema.safeParse(payload);
    if (ready.success) heardUpTo = ready.data.position;
  });
  opened.on(missedTopic, () => {
    for (const listener of missedListeners) listener();
  });
  return opened;
}

function announce(): void {
  for (const watcher of watchers) watcher();
}
