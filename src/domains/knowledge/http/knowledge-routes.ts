/** The contracts of the knowledge base, bound to its use cases. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import { actorOfCaller } from '#platform/unit-of-work';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

export function knowledgeRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.searchKnowledge, ({ query }) => knowledge.search(query)),
    implement(contract.listEntries, ({ query }) => knowledge.list(query)),
    implement(contract.readEntry, async ({ params }, context) => tagged(await knowledge.read(params.id), context)),
    implement(contract.createEntry, async ({ body }, context) => {
      const entry = await knowledge.create(writerOf(context), body);
      context.reply.header('location', `/api/v1/knowledge/entries/${entry.id}`);
      return tagged(entry, context);
    }),
    implement(contract.updateEntry, async ({ params, body }, context) =>
      tagged(await knowledge.update(writerOf(context), params.id, body), context),
    ),
    implement(contract.removeEntry, async ({ params }, context) => {
      await knowledge.remove(writerOf(context), params.id);
      return undefined;
    }),
  ];
}

function writerOf({ caller, requestId }: RequestContext) {
  return actorOfCaller(requirePermission('knowledge:write', caller), requestId);
}

/** The version as an entity tag, for caches and for people who look at headers; changes name it in their body. */
function tagged(entry: contract.EntryView, { reply }: RequestContext): contract.EntryView {
  reply.header('etag', `"${entry.version}"`);
  return entry;
}
