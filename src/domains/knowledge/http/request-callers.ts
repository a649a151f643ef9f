/** Who reads and who writes, of a request. */
import { type Caller, requirePermission } from '#platform/access';
import type { RequestContext } from '#platform/http';
import { actorOfCaller } from '#platform/unit-of-work';

import type { EntryView } from '../contract/index.ts';
import type { Writer } from '../core/entries/entry-changes.ts';
import type { Reader } from '../core/entries/reading-scope.ts';

export function readerOf(caller: Caller | undefined): Reader {
  return requirePermission('knowledge:read', caller);
}

export function writerOf(context: RequestContext): Writer {
  return actingAs(requirePermission('knowledge:write', context.caller), context);
}

/** A reader who says what they think of an entry. */
export function speakerOf(context: RequestContext): Writer {
  return actingAs(requirePermission('knowledge:read', context.caller), context);
}

export function managerOf(context: RequestContext): Writer {
  return actingAs(requirePermission('knowledge:manage', context.caller), context);
}

function actingAs(caller: Caller, { requestId }: RequestContext): Writer {
  const { permissions, account } = caller;
  return { ...actorOfCaller(caller, requestId), permissions, ...(account === undefined ? {} : { account }) };
}

/** The version as an entity tag, for caches and for people who look at headers; changes name it in their body. */
export function tagged(entry: EntryView, { reply }: RequestContext): EntryView {
  reply.header('etag', `"${entry.version}"`);
  return entry;
}
