/** Who else has the same thing open. */
import { useEffect, useState } from 'react';

import {
  enterMessage,
  leaveMessage,
  type Presence,
  type PresenceMode,
  presenceSchema,
  presenceTopic,
} from '#platform/live/contract';

import { acquireSocket, releaseSocket } from './live-socket.ts';
import { messageId } from './message-id.ts';
import { useSession } from './session.ts';

type People = Presence['people'];
const nobody: People = [];

/** The others who have the subject open; says meanwhile that we have, too. */
export function usePresence(subject: string, mode: PresenceMode): People {
  const caller = useSession()?.caller;
  const [people, setPeople] = useState(nobody);
  useEffect(() => {
    const socket = acquireSocket();
    function enter(): void {
      socket.emit(enterMessage, { id: messageId(), subject, mode });
    }
    function hear(payload: unknown): void {
      const presence = presenceSchema.safeParse(payload);
      if (presence.success && presence.data.subject === subject) setPeople(presence.data.people);
    }
    socket.on(presenceTopic, hear);
    // The server forgets who breaks off, so each return says it anew.
    socket.on('connect', enter);
    if (socket.connected) enter();
    return () => {
      socket.off(presenceTopic, hear);
      socket.off('connect', enter);
      if (socket.connected) socket.emit(leaveMessage, { id: messageId(), subject });
      releaseSocket();
      setPeople(nobody);
    };
  }, [subject, mode]);
  // The owner of the machine has no account.
  const own = caller?.accountId ?? 'admin';
  return people.filter(({ id }) => id !== own);
}
