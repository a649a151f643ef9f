/** Several servers as one: who failed lately is asked last, and what one could not finish another begins anew. */
import type { Clock } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import type { LdapServer } from './ldap-server.ts';

/** So long a server that failed is not the first to be asked, so that only one login waits for its time-out. */
const restMs = 30 * SECOND;

export interface FailOver {
  /** The first outcome that is not a failure of the server. @throws KuraError unavailable `ldap.no-server` with what each said */
  run<T>(work: (server: LdapServer) => Promise<T>): Promise<T>;
}

export function createFailOver(servers: readonly LdapServer[], clock: Clock): FailOver {
  const failedAt = new Map<LdapServer, number>();

  function inOrder(): readonly LdapServer[] {
    const now = clock.monotonic();
    const rests = servers.filter((server) => now - (failedAt.get(server) ?? Number.NEGATIVE_INFINITY) < restMs);
    return [...servers.filter((server) => !rests.includes(server)), ...rests];
  }

  return {
    async run(work) {
      const failures: KuraError[] = [];
      for (const server of inOrder()) {
        try {
          const result = await work(server);
          failedAt.delete(server);
          return result;
        } catch (error) {
          if (!isKuraError(error) || (error.kind !== 'unavailable' && error.kind !== 'refused')) throw error;
          failedAt.set(server, clock.monotonic());
          failures.push(error);
        }
      }
      throw noServer(failures);
    },
  };
}

/** The one failure of the one server speaks for itself. */
function noServer(failures: readonly KuraError[]): KuraError {
  const [first] = failures;
  if (first !== undefined && failures.length === 1) return first;
  const reasons = failures.map(({ message }) => message).join('; ');
  return new KuraError('unavailable', 'ldap.no-server', { params: { count: failures.length, reasons }, cause: first });
}
