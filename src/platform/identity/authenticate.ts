/** Whose credentials these are: admin token, API key or session. */
import { KuraError } from '#kernel/errors';
import { HOUR } from '#kernel/units';
import { adminCaller, type Caller } from '#platform/access';
import type { Authenticate, Client } from '#platform/http';
import { actorOfCaller } from '#platform/unit-of-work';
import { sameSecret } from './admin-token.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { keyCaller } from './keys/keys.ts';
import type { Attempts } from './login/attempts.ts';
import { recordRefusal } from './login/password-login.ts';
import { sessionCaller } from './sessions/session-caller.ts';

/** Each use of the admin token would drown the log; the first from an address within an hour tells enough. */
const tokenAuditMs = HOUR;

/** A wrong bearer counts against its address like a failed login (P-036). */
export function createAuthenticate(deps: IdentityDeps, attempts: Attempts, adminToken: string): Authenticate {
  const tokenUsed = new Map<string, number>();

  async function noteTokenUse(caller: Caller): Promise<void> {
    const now = deps.clock.now();
    for (const [address, at] of tokenUsed) if (now - at > tokenAuditMs) tokenUsed.delete(address);
    const address = caller.from ?? '';
    if (tokenUsed.has(address)) return;
    tokenUsed.set(address, now);
    await deps.unitOfWork.write(actorOfCaller(caller, ''), (tx) =>
      tx.audit({
        action: 'admin-token.use',
        category: 'authentication',
        subject: { kind: 'credential', id: 'admin-token' },
        result: 'done',
      }),
    );
  }

  async function bearerCaller(bearer: string, client: Client | undefined): Promise<Caller> {
    if (sameSecret(bearer, adminToken)) {
      const caller = { ...adminCaller(), ...(client?.address === undefined ? {} : { from: client.address }) };
      await noteTokenUse(caller);
      return caller;
    }
    const caller = await keyCaller(bearer, client, deps);
    if (caller !== undefined) return caller;
    const origin = { client, requestId: '' };
    const charge = await attempts.charge({ address: client?.address });
    await recordRefusal(deps, { account: undefined, reason: 'bad-token', charge, origin });
    throw new KuraError('unauthenticated', 'identity.bad-token');
  }

  return async ({ bearer, session, client, passive = false }) => {
    if (bearer !== undefined) return bearerCaller(bearer, client);
    return session === undefined ? undefined : sessionCaller({ secret: session, client, passive }, deps);
  };
}
