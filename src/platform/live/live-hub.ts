/** Live updates (P-053) over Socket.IO: who may read a subject may listen to it, and the same credentials decide. */
import type { Server as HttpServer } from 'node:http';
import { callbackify } from 'node:util';
import { Server, type Socket } from 'socket.io';

import { isKuraError } from '#kernel/errors';
import { type Caller, requirePermission } from '#platform/access';
import type { Permission } from '#platform/contract';
import {
  type Authenticate,
  type ClientReader,
  type Credentials,
  createClientReader,
  credentialsOf,
  type RefusedRequest,
  refusedBy,
} from '#platform/http';
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
  /** Hears of connections that were refused for who asked. */
  readonly onRefused?: (refused: RefusedRequest) => void;
  /** How often open connections are asked again who they are. */
  readonly recheckMs?: number;
}

/** So long at most somebody goes on listening who was disabled, demoted or logged out. */
const usualRecheckMs = 15_000;

export function createLiveHub(deps: LiveHubDeps): LiveHub {
  const io = new Server(deps.server, { path: '/socket.io', serveClient: false, cors: { origin: false } });
  io.use(callbackify((socket: Socket) => admit(socket, deps)));
  io.on('connection', (socket) => deps.logger.debug('live.connected', { socket: socket.id }));
  const timer = setInterval(() => {
    for (const socket of io.sockets.sockets.values()) void recheck(socket, deps);
  }, deps.recheckMs ?? usualRecheckMs);
  timer.unref();
  return {
    broadcast: (permission, topic, payload) => void io.to(roomOf(permission)).emit(topic, payload),
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      io.disconnectSockets(true);
      await io.close();
    },
  };
}

/** Puts the socket into one room per permission of its caller. @throws KuraError when nobody or a foreign site calls */
async function admit(socket: Socket, deps: LiveHubDeps): Promise<void> {
  const caller = await authorized(deps, credentialsOn(socket, deps));
  await socket.join([...caller.permissions].map(roomOf));
}

/** Takes the caller out of the rooms they lost, or the connection away with the last right to it. */
async function recheck(socket: Socket, deps: LiveHubDeps): Promise<void> {
  try {
    const credentials = credentialsOn(socket, deps);
    const passive = credentials === undefined ? undefined : { ...credentials, passive: true };
    const caller = await authorized(deps, passive);
    const rooms = new Set([...caller.permissions].map(roomOf));
    for (const room of socket.rooms) if (room !== socket.id && !rooms.has(room)) await socket.leave(room);
    await socket.join([...rooms]);
  } catch {
    // The page connects again by itself, and is told why when it may not.
    socket.disconnect(true);
  }
}

/** Undefined when another site asks. */
function credentialsOn(socket: Socket, deps: LiveHubDeps): Credentials | undefined {
  const { clientOf = createClientReader([]) } = deps;
  const { headers, socket: connection } = socket.request;
  const encrypted = 'encrypted' in connection && connection.encrypted === true;
  const client = clientOf({ address: connection.remoteAddress, encrypted, headers });
  const foreign = headers.origin !== undefined && URL.parse(headers.origin)?.host !== client.host;
  return foreign ? undefined : { ...credentialsOf(headers), client };
}

async function authorized(deps: LiveHubDeps, credentials: Credentials | undefined): Promise<Caller> {
  let caller: Caller | undefined;
  try {
    caller = credentials === undefined ? undefined : await deps.authenticate(credentials);
    return requirePermission('system:read', caller);
  } catch (error) {
    if (credentials !== undefined && isKuraError(error)) {
      const asked = { caller, credentials, address: credentials.client?.address, target: 'live', requestId: undefined };
      const refused = refusedBy(error, asked);
      if (refused !== undefined) deps.onRefused?.(refused);
    }
    throw error;
  }
}

function roomOf(permission: Permission): string {
  return `permission:${permission}`;
}
