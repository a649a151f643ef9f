/** The contracts of the knowledge base, bound to its use cases. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { conversationRoutes } from './conversation-routes.ts';
import { dialogueRoutes } from './dialogue-routes.ts';
import { faqRoutes } from './faq-routes.ts';
import { historyRoutes } from './history-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { readerOf, speakerOf, tagged, writerOf } from './request-callers.ts';
import { syncRoutes, type Translators } from './sync-routes.ts';
import { systemFeedbackRoutes } from './system-feedback-routes.ts';
import { upkeepRoutes } from './upkeep-routes.ts';
import { usageRoutes } from './usage-routes.ts';
import { watchRoutes } from './watch-routes.ts';

export function knowledgeRoutes(knowledge: Knowledge, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.askKnowledge, ({ query }, { caller }) => knowledge.ask(readerOf(caller), query)),
    implement(contract.suggestKnowledge, ({ query }, { caller }) => knowledge.suggest(readerOf(caller), query)),
    implement(contract.relatedEntries, async ({ params, query }, { caller }) => ({
      items: await knowledge.related(readerOf(caller), params.id, query),
    })),
    implement(contract.unansweredSearches, async ({ query }) => knowledge.unanswered(query.limit)),
    implement(contract.exportEntries, ({ query }, context) => knowledge.exportRecords(speakerOf(context), query)),
    implement(contract.exportArchive, ({ query }, context) => knowledge.exportArchive(speakerOf(context), query)),
    implement(contract.listEntries, ({ query }, { caller }) => knowledge.list(readerOf(caller), query)),
    implement(contract.readEntry, async ({ params }, context) =>
      tagged(await knowledge.read(readerOf(context.caller), params.id), context),
    ),
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
    ...historyRoutes(knowledge),
    ...attachmentRoutes(knowledge),
    ...faqRoutes(knowledge),
    ...conversationRoutes(knowledge),
    ...dialogueRoutes(knowledge),
    ...syncRoutes(knowledge, translators),
    ...linkRoutes(knowledge),
    ...upkeepRoutes(knowledge),
    ...systemFeedbackRoutes(knowledge),
    ...watchRoutes(knowledge),
    ...usageRoutes(knowledge),
  ];
}
