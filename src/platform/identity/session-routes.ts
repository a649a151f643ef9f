/** Handlers of the session contracts; the cookie is set and cleared here only. */
import type { Caller } from '#platform/access';
import type { RouteContract } from '#platform/contract';
import { implement, type RouteHandler, sessionCookie } from '#platform/http';

import { closeSession, openSession, readSession } from './contract/index.ts';
import type { Identity } from './identity.ts';

const cookieAttributes = 'Path=/; HttpOnly; SameSite=Lax';

/** The contracts of `sessionRoutes`, for the description of the server. */
export const sessionContracts: readonly RouteContract[] = [openSession, readSession, closeSession];

export function sessionRoutes(identity: Identity, version: string): readonly RouteHandler[] {
  return [
    implement(openSession, async ({ body }, { reply }) => {
      const { caller, session } = await identity.openSession(body.code);
      reply.header('set-cookie', `${sessionCookie}=${session}; ${cookieAttributes}`);
      return whoIs(caller);
    }),
    implement(readSession, async (_input, { caller }) => ({
      caller: caller === undefined ? null : whoIs(caller),
      version,
    })),
    implement(closeSession, async (_input, { session, reply }) => {
      if (session !== undefined) await identity.closeSession(session);
      reply.header('set-cookie', `${sessionCookie}=; Max-Age=0; ${cookieAttributes}`);
      return undefined;
    }),
  ];
}

function whoIs(caller: Caller) {
  return { name: caller.name, permissions: [...caller.permissions] };
}
