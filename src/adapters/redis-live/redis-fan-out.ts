/** Broadcasts and presence between nodes, by the adapter of Socket.IO. Without Redis each node goes on by itself. */
import { createClient, type RedisClientOptions } from '@redis/client';
import { createAdapter } from '@socket.io/redis-adapter';

export interface RedisFanOutOptions {
  /** `redis://…` or `rediss://…`. */
  readonly url: string;
  /** The same for all nodes of one installation, and for no other one on the same Redis. */
  readonly installation: string;
  readonly reportError: (error: unknown) => void;
  /** So long one node waits for the others' answers. */
  readonly patienceMs?: number;
}

export interface RedisFanOut extends AsyncDisposable {
  /** For the Socket.IO server, which must be closed first. */
  readonly adapter: ReturnType<typeof createAdapter>;
  /** What is said from now on reaches the others. */
  readonly connected: Promise<unknown>;
}

/** Connects in the background, and again whenever the line breaks. */
export function connectRedisFanOut(options: RedisFanOutOptions): RedisFanOut {
  const { url, installation, reportError, patienceMs = 1000 } = options;
  const socket = { connectTimeout: 5000, reconnectStrategy: (tries: number) => Math.min(100 * 2 ** tries, 5000) };
  // What cannot be said now is not worth saying later; but what is listened to must be asked for once there is a line.
  const speaker = openClient({ url, socket, disableOfflineQueue: true });
  const listener = openClient({ url, socket });
  for (const client of [speaker, listener]) client.on('error', reportError);
  const connected = Promise.all([speaker.connect(), listener.connect()]).catch(() => undefined);
  return {
    adapter: createAdapter(gentle(speaker, reportError), gentle(listener, reportError), {
      key: `kura.live.${installation}`,
      requestsTimeout: patienceMs,
    }),
    connected,
    async [Symbol.asyncDispose]() {
      for (const client of [speaker, listener]) client.destroy();
    },
  };
}

function openClient(options: RedisClientOptions) {
  return createClient(options);
}

type Client = ReturnType<typeof openClient>;
type Hear = (message: Buffer, channel: Buffer) => unknown;

/** The adapter does not wait for what it asks of a client, so a failure there must not end the process. */
function gentle(client: Client, reportError: (error: unknown) => void) {
  function quietly(work: Promise<unknown>): Promise<unknown> {
    return work.catch(reportError);
  }
  return {
    publish: (channel: string, message: string | Buffer) => quietly(client.publish(channel, message)),
    sendCommand: (words: readonly string[]) => client.sendCommand([...words]),
    subscribe: (channels: string | string[], hear: Hear) => quietly(client.subscribe(channels, hear, true)),
    pSubscribe: (patterns: string, hear: Hear) => quietly(client.pSubscribe(patterns, hear, true)),
    // By this one the adapter knows the kind of client.
    sSubscribe: (channels: string, hear: Hear) => quietly(client.sSubscribe(channels, hear, true)),
    unsubscribe: (channels: string, hear: Hear) => quietly(client.unsubscribe(channels, hear, true)),
    pUnsubscribe: (patterns: string, hear: Hear) => quietly(client.pUnsubscribe(patterns, hear, true)),
    on: client.on.bind(client),
    off: client.off.bind(client),
  };
}
