/** Who has what open: rooms of the socket server, so that several nodes know it together. */
import type { Server, Socket } from 'socket.io';

import { KuraError } from '#kernel/errors';
import type { Caller } from '#platform/access';

import { type Presence, type PresenceMode, presenceModes, presenceTopic } from './contract/index.ts';
import type { SocketFacts } from './socket-facts.ts';

/** One page has few things open; a program that wants more asks the API. */
const mostSubjects = 20;

/** Whether somebody may see a subject at all. */
export type MayWatch = (caller: Caller, subject: string) => Promise<boolean>;

export interface PresenceDesk {
  /** @throws KuraError not-found `live.subject-unknown`; limit `live.too-many-subjects` */
  enter(socket: Socket, subject: string, mode: PresenceMode): Promise<Presence>;
  leave(socket: Socket, subject: string): Promise<void>;
  /** Somebody's connection ends. */
  left(socket: Socket): void;
  /** Takes the caller out of what they may not see any more. */
  recheck(socket: Socket): Promise<void>;
}

const prefix = 'subject:';

export function roomOfSubject(subject: string): string {
  return `${prefix}${subject}`;
}

export function createPresenceDesk(
  io: Server,
  mayWatch: MayWatch,
  factsOf: (socket: Socket) => SocketFacts,
): PresenceDesk {
  async function tell(subject: string): Promise<Presence> {
    const presence = { subject, people: peopleIn(await connectionsIn(io, roomOfSubject(subject)), subject) };
    io.to(roomOfSubject(subject)).emit(presenceTopic, presence);
    return presence;
  }

  async function leave(socket: Socket, subject: string): Promise<void> {
    if (!socket.rooms.has(roomOfSubject(subject))) return;
    factsOf(socket).open.delete(subject);
    show(socket, factsOf(socket));
    await socket.leave(roomOfSubject(subject));
    await tell(subject);
  }

  return {
    async enter(socket, subject, mode) {
      const { caller, open } = factsOf(socket);
      if (!(await mayWatch(caller, subject))) {
        throw new KuraError('not-found', 'live.subject-unknown', { params: { subject } });
      }
      if (!open.has(subject) && open.size >= mostSubjects) {
        throw new KuraError('limit', 'live.too-many-subjects', { params: { most: mostSubjects } });
      }
      open.set(subject, mode);
      show(socket, factsOf(socket));
      await socket.join(roomOfSubject(subject));
      return tell(subject);
    },
    leave,
    left(socket) {
      for (const subject of factsOf(socket).open.keys()) void tell(subject).catch(() => undefined);
    },
    async recheck(socket) {
      const { caller, open } = factsOf(socket);
      for (const subject of open.keys()) if (!(await mayWatch(caller, subject))) await leave(socket, subject);
    },
  };
}

/** On all nodes; when the others do not answer, on this one. */
async function connectionsIn(io: Server, room: string): Promise<readonly { readonly data: unknown }[]> {
  try {
    return await io.in(room).fetchSockets();
  } catch {
    return io.local.in(room).fetchSockets();
  }
}

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly open: Readonly<Record<string, PresenceMode>>;
}

/** What other nodes see of a connection. */
function show(socket: Socket, { caller, open }: SocketFacts): void {
  const shown: Shown = { id: caller.id, name: caller.account?.fullName ?? caller.name, open: Object.fromEntries(open) };
  socket.data = shown;
}

/** Each person once, whatever they have open it in; those who edit first. */
function peopleIn(sockets: readonly { readonly data: unknown }[], subject: string): Presence['people'] {
  const people = new Map<string, { id: string; name: string; mode: PresenceMode }>();
  for (const { data } of sockets) {
    const { id, name, open } = data as Shown;
    const mode = open[subject];
    if (mode !== undefined && people.get(id)?.mode !== 'editing') people.set(id, { id, name, mode });
  }
  const order = presenceModes.toReversed();
  return [...people.values()].toSorted(
    (a, b) => order.indexOf(a.mode) - order.indexOf(b.mode) || a.name.localeCompare(b.name),
  );
}
