import { requirePermission } from '#platform/access';
import type { Permission } from '#platform/contract';
import type { RequestContext } from '#platform/http';
import { type Actor, actorOfCaller } from '#platform/unit-of-work';

/** The caller as the audit log keeps it. @throws KuraError when the permission is missing. */
export function actorOf({ caller, requestId }: RequestContext, permission: Permission): Actor {
  return actorOfCaller(requirePermission(permission, caller), requestId);
}
