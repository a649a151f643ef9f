import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { readerOf, tagged, writerOf } from './request-callers.ts';

export function linkRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.listLinks, async ({ params }, { caller }) => ({
      items: await knowledge.links(readerOf(caller), params.id),
    })),
    implement(contract.linkEntries, async ({ params, body }, context) => ({
      items: await knowledge.link(writerOf(context), params.id, body),
    })),
    implement(contract.unlinkEntries, async ({ params: { id, kind, target } }, context) => {
      await knowledge.unlink(writerOf(context), id, { kind, target });
      return undefined;
    }),
    implement(contract.followEntry, async ({ params }, context) => {
      const entry = await knowledge.follow(writerOf(context), params.id);
      context.reply.header('location', `/api/v1/knowledge/entries/${entry.id}`);
      return tagged(entry, context);
    }),
  ];
}
