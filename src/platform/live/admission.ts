/** Who may listen: the same credentials and the same judge as for requests. */
import type { Socket } from 'socket.io';

import { isKuraError } from '#kernel/errors';
import { type Caller, requirePermission } from '#platform/access';
import {
  type Authenticate,
  type ClientReader,
  type Credentials,
  createClientReader,
  credentialsOf,
  type RefusedRequest,
  refusedBy,
} from '#platform/http';

export interface AdmissionDeps {
  readonly authenticate: Authenticate;
  /** Default: no proxy is trusted. */
  readonly clientOf?: ClientReader;
  /** Hears of connections that were refused for who asked. */
  readonly onRefused?: (refused: RefusedRequest) => void;
}

/** @throws KuraError when nobody or a foreign site calls */
export function admit(deps: AdmissionDeps, socket: Socket): Promise<Caller> {
  return authorized(deps, credentialsOn(deps, socket));
}

/** Who it is by now; asking does not keep a session alive. @throws as `admit` */
export function admitAgain(deps: AdmissionDeps, socket: Socket): Promise<Caller> {
  const credentials = credentialsOn(deps, socket);
  return authorized(deps, credentials === undefined ? undefined : { ...credentials, passive: true });
}

/** Undefined when another site asks. */
function credentialsOn({ clientOf = createClientReader([]) }: AdmissionDeps, socket: Socket): Credentials | undefined {
  const { headers, socket: connection } = socket.request;
  const encrypted = 'encrypted' in connection && connection.encrypted === true;
  const client = clientOf({ address: connection.remoteAddress, encrypted, headers });
  const foreign = headers.origin !== undefined && URL.parse(headers.origin)?.host !== client.host;
  return foreign ? undefined : { ...credentialsOf(headers, client.secure), client };
}

async function authorized(deps: AdmissionDeps, credentials: Credentials | undefined): Promise<Caller> {
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
