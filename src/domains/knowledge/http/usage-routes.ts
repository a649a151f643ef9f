/** Usage, gaps, recurrences; and searches of people at a page, whose openings are counted. */
import type { Caller } from '#platform/access';
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { managerOf, readerOf, writerOf } from './request-callers.ts';

export function usageRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.searchKnowledge, async ({ query }, { caller }) => {
      const answer = await knowledge.search(readerOf(caller), query);
      const searchId = notedSearch(knowledge, caller, { ...query, hits: answer.total });
      return searchId === undefined ? answer : { ...answer, searchId };
    }),
    implement(contract.noteUse, async ({ params, body }, { caller }) => {
      await knowledge.noteUse(readerOf(caller), params.id, body);
      return undefined;
    }),
    implement(contract.readUsage, ({ query }, { caller }) => knowledge.usage(readerOf(caller), query.days)),
    implement(contract.readEntryUsage, ({ params, query }, { caller }) =>
      knowledge.entryUsage(readerOf(caller), params.id, query.days),
    ),
    implement(contract.readGaps, ({ query }, { caller }) => knowledge.gaps(readerOf(caller), query.days)),
    implement(contract.listCurationReports, async ({ query }) => ({
      items: await knowledge.curationReports(query.limit),
    })),
    implement(contract.makeCurationReport, (_input, context) => knowledge.makeCurationReport(managerOf(context))),
    implement(contract.listRecurrences, async ({ query }, { caller }) => ({
      items: await knowledge.recurrences(readerOf(caller), query.days),
    })),
    implement(contract.proposeProblem, async ({ body }, context) => {
      const problem = await knowledge.proposeProblem(writerOf(context), body.incidents);
      context.reply.header('location', `/api/v1/knowledge/entries/${problem.id}`);
      return problem;
    }),
  ];
}

/** Programs are not counted: only who is logged in at a page is somebody who reads. */
function notedSearch(
  knowledge: Knowledge,
  caller: Caller | undefined,
  searched: { readonly q: string; readonly typing: boolean; readonly hits: number; readonly offset: number },
): string | undefined {
  // Turning pages is no search of its own.
  if (caller?.sessionId === undefined || searched.offset > 0) return undefined;
  return knowledge.noteSearch(caller.name, searched);
}
