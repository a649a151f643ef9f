/** Live updates (P-053) over Socket.IO: who may read a subject may listen to it, and the same credentials decide. */
import type { Server as HttpServer } from 'node:http';
import { callbackify } from 'node:util';
import { Server, type Socket } from 'socket.io';

import { requirePermission } from '#platform/access';
import type { Permission } from '#platform/contract';
import { type Authenticate, type ClientReader, createClientReader, credentialsOf } from '#platform/http';
import type { Logger } from '#platform/log';

export interface LiveHub extends AsyncDisposable {
  /** Sends `payload` to everybody connected who holds `permission`. */
  broadcast(permission: Permission, topic: string, payload: object): void;
}

export interface LiveHubDeps {
  readonly server: HttpServer;
  readonly authenticate: Authenticate;
  /** Default: no proxy is trusted. */
  readonly clientOf?: ClientReader;
  readonly logger: Logger;
}

export function createLiveHub(deps: LiveHubDeps): LiveHub {
  const io = new Server(deps.server, { path: '/socket.io', serveClient: false, cors: { origin: false } });
  io.use(callbackify((socket: Socket) => admit(socket, deps)));
  io.on('connection', (socket) => deps.logger.debug('live.connected', { socket: socket.id }));
  return {
    broadcast: (permission, topic, payload) => void io.to(roomOf(permission)).emit(topic, payload),
    async [Symbol.asyncDispose]() {
      io.disconnectSockets(true);
      await io.close();
    },
  };
}

/** Puts the socket into one room per permission of its caller. @throws KuraError when nobody or a foreign site calls */
async function admit(socket: Socket, { authenticate, clientOf = createClientReader([]) }: LiveHubDeps): Promise<void> {
  const { headers, socket: connection } = socket.request;
  const encrypted = 'encrypted' in connection && connection.encrypted === true;
  const client = clientOf({ address: connection.remoteAddress, encrypted, headers });
  const foreign = headers.origin !== undefined && URL.parse(headers.origin)?.host !== client.host;
  const credentials = { ...credentialsOf(headers), client };
  const caller = requirePermission('system:read', foreign ? undefined : await authenticate(credentials));
  await socket.join([...caller.permissions].map(roomOf));
}

function roomOf(permission: Permission): string {
  return `permission:${permission}`;
}
