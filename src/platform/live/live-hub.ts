/** Live updates (P-053) over Socket.IO: who may read a subject may listen to it, and the same credentials decide. */
import type { Server as HttpServer } from 'node:http';
import { callbackify } from 'node:util';
import type { Server, Socket } from 'socket.io';
import { z } from 'zod';

import type { Permission } from '#platform/contract';

import { type AdmissionDeps, admit, admitAgain } from './admission.ts';
import {
  changedTopic,
  enterMessage,
  enterSchema,
  leaveMessage,
  leaveSchema,
  missedTopic,
  readyTopic,
} from './contract/index.ts';
import { type LiveMessage, listenTo, type MessageDeps, onMessage } from './live-messages.ts';
import { createPresenceDesk, type MayWatch, type PresenceDesk, roomOfSubject } from './presence.ts';
import { type Broadcast, createRecentBroadcasts, type RecentBroadcasts } from './recent-broadcasts.ts';
import type { SocketFacts } from './socket-facts.ts';

export interface LiveHub extends AsyncDisposable {
  /**
   * Sends `payload` to everybody connected who holds `permission`.
   * @param position of an event in the outbox: whoever was away hears it when they come back
   */
  broadcast(permission: Permission, topic: string, payload: object, position?: number): void;
  /** Tells everybody who has a subject open that it changed or is gone; what it is now they ask for themselves. */
  changed(subject: string, gone?: boolean): void;
}

export interface LiveHubDeps extends AdmissionDeps, MessageDeps {
  readonly server: HttpServer;
  /** The newest position when this server began; 0 unless said otherwise. */
  readonly from?: number;
  /** Whether somebody may see a subject; nobody may unless said otherwise. */
  readonly mayWatch?: MayWatch;
  /** What programs may say besides being present. */
  readonly messages?: readonly LiveMessage[];
  /** Carries broadcasts and presence to the other nodes; a server is alone unless said otherwise. */
  readonly fanOut?: Parameters<Server['adapter']>[0];
  /** How often open connections are asked again who they are. */
  readonly recheckMs?: number;
}

/** So long at most somebody goes on listening who was disabled, demoted or logged out. */
const usualRecheckMs = 15_000;
const longestMessageBytes = 64 * 1024;
/** What nodes tell each other. */
const fanOutTopic = 'kura.broadcast';

export async function createLiveHub(deps: LiveHubDeps): Promise<LiveHub> {
  // Commands share this door and should not wait for sockets they do not open.
  const { Server: SocketServer } = await import('socket.io');
  const { server, fanOut } = deps;
  const io = new SocketServer(server, {
    path: '/socket.io',
    serveClient: false,
    cors: { origin: false },
    maxHttpBufferSize: longestMessageBytes,
    ...(fanOut === undefined ? {} : { adapter: fanOut }),
  });
  return new SocketHub(deps, io);
}

class SocketHub implements LiveHub {
  readonly #deps: LiveHubDeps;
  readonly #io: Server;
  readonly #recent: RecentBroadcasts;
  readonly #presence: PresenceDesk;
  readonly #known = new WeakMap<Socket, SocketFacts>();
  readonly #timer: NodeJS.Timeout;

  constructor(deps: LiveHubDeps, io: Server) {
    const { from = 0, mayWatch = async () => false, recheckMs = usualRecheckMs } = deps;
    this.#deps = deps;
    this.#io = io;
    this.#recent = createRecentBroadcasts(from);
    this.#presence = createPresenceDesk(this.#io, mayWatch, (socket) => this.#factsOf(socket));
    this.#io.use(callbackify((socket: Socket) => this.#welcome(socket)));
    const messages = this.#messages();
    this.#io.on('connection', (socket) => this.#begin(socket, messages));
    // What other nodes say was made by `broadcast` there.
    this.#io.on(fanOutTopic, (broadcast: Broadcast) => this.#deliver(broadcast));
    this.#timer = setInterval(() => {
      for (const socket of this.#io.sockets.sockets.values()) void this.#recheck(socket);
    }, recheckMs);
    this.#timer.unref();
  }

  broadcast(permission: Permission, topic: string, payload: object, position?: number): void {
    this.#tellAll({ room: roomOf(permission), topic, payload, position: position ?? null });
  }

  changed(subject: string, gone = false): void {
    this.#tellAll({ room: roomOfSubject(subject), topic: changedTopic, payload: { subject, gone }, position: null });
  }

  #tellAll(broadcast: Broadcast): void {
    this.#deliver(broadcast);
    if (this.#deps.fanOut !== undefined) this.#io.serverSideEmit(fanOutTopic, broadcast);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#io.disconnectSockets(true);
    await this.#io.close();
  }

  #messages(): readonly LiveMessage[] {
    const ofConnection = { permission: 'system:read', ofConnection: true } as const;
    return [
      onMessage({
        ...ofConnection,
        topic: enterMessage,
        schema: enterSchema,
        handle: ({ subject, mode }, { socket }) => this.#presence.enter(socket, subject, mode),
      }),
      onMessage({
        ...ofConnection,
        topic: leaveMessage,
        schema: leaveSchema,
        handle: ({ subject }, { socket }) => this.#presence.leave(socket, subject),
      }),
      ...(this.#deps.messages ?? []),
    ];
  }

  #factsOf(socket: Socket): SocketFacts {
    const facts = this.#known.get(socket);
    if (facts === undefined) throw new RangeError('a socket nobody admitted');
    return facts;
  }

  /** Puts the socket into one room per permission of its caller. */
  async #welcome(socket: Socket): Promise<void> {
    const caller = await admit(this.#deps, socket);
    this.#known.set(socket, { caller, open: new Map() });
    await socket.join([...caller.permissions].map(roomOf));
  }

  #begin(socket: Socket, messages: readonly LiveMessage[]): void {
    this.#deps.logger.debug('live.connected', { socket: socket.id });
    listenTo(socket, messages, this.#factsOf(socket), this.#deps);
    socket.on('disconnect', () => this.#presence.left(socket));
    this.#catchUp(socket);
  }

  /** Takes the caller out of the rooms they lost, or the connection away with the last right to it. */
  async #recheck(socket: Socket): Promise<void> {
    try {
      const caller = await admitAgain(this.#deps, socket);
      this.#factsOf(socket).caller = caller;
      const rooms = new Set([...caller.permissions].map(roomOf));
      for (const room of socket.rooms) if (isPermissionRoom(room) && !rooms.has(room)) await socket.leave(room);
      await socket.join([...rooms]);
      await this.#presence.recheck(socket);
    } catch {
      // The page connects again by itself, and is told why when it may not.
      socket.disconnect(true);
    }
  }

  #deliver(broadcast: Broadcast): void {
    const { room, topic, payload, position } = broadcast;
    this.#recent.add(broadcast);
    this.#io.local.to(room).emit(topic, payload, position);
  }

  /** What came while somebody was away, as far as they may hear it now. */
  #catchUp(socket: Socket): void {
    const asked = afterSchema.safeParse(socket.handshake.auth);
    const missed = asked.success ? this.#recent.since(asked.data.after) : [];
    if (missed === undefined) socket.emit(missedTopic);
    for (const { room, topic, payload, position } of missed ?? []) {
      if (socket.rooms.has(room)) socket.emit(topic, payload, position);
    }
    socket.emit(readyTopic, { position: this.#recent.latest });
  }
}

const afterSchema = z.object({ after: z.number().int().nonnegative() });
const permissionRoom = 'permission:';

function roomOf(permission: Permission): string {
  return `${permissionRoom}${permission}`;
}

function isPermissionRoom(room: string): boolean {
  return room.startsWith(permissionRoom);
}
