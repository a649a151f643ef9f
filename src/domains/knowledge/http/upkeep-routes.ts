/** Tags, voices, tasks and duplicates. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { managerOf, readerOf, speakerOf, tagged, writerOf } from './request-callers.ts';

export function upkeepRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.listTags, async ({ query }, { caller }) => ({
      items: await knowledge.tags(readerOf(caller), query.limit),
    })),
    implement(contract.renameTag, ({ params, body }, context) =>
      knowledge.renameTag(managerOf(context), params.tag, body.name),
    ),
    implement(contract.forgetTagAlias, async ({ params }, context) => {
      await knowledge.forgetAlias(managerOf(context), params.alias);
      return undefined;
    }),
    implement(contract.describeTag, ({ params, body }, context) =>
      knowledge.describeTag(managerOf(context), params.tag, body),
    ),
    implement(contract.forgetTagMeaning, async ({ params }, context) => {
      await knowledge.forgetMeaning(managerOf(context), params.tag);
      return undefined;
    }),
    implement(contract.readFeedback, ({ params }, { caller }) => knowledge.feedback(readerOf(caller), params.id)),
    implement(contract.giveFeedback, ({ params, body }, context) =>
      knowledge.giveFeedback(speakerOf(context), params.id, body),
    ),
    implement(contract.listTasks, async ({ query }, { caller }) => ({
      items: await knowledge.tasks(readerOf(caller), query),
    })),
    implement(contract.assignTask, ({ params, body }, context) =>
      knowledge.assignTask(writerOf(context), params.id, body),
    ),
    implement(contract.closeTask, ({ params, body }, context) =>
      knowledge.closeTask(writerOf(context), params.id, body),
    ),
    implement(contract.findDuplicates, async ({ body }, { caller }) => ({
      items: await knowledge.duplicates(readerOf(caller), body),
    })),
    implement(contract.listDuplicatePairs, async ({ query }, { caller }) => ({
      items: await knowledge.duplicatePairs(readerOf(caller), query),
    })),
    implement(contract.judgeDuplicatePair, ({ params, body }, context) =>
      knowledge.judgeDuplicatePair(writerOf(context), { ...params, ...body }),
    ),
    implement(contract.lookForDuplicates, ({ query }, { signal }) => knowledge.lookForDuplicates(signal, query.most)),
    implement(contract.listEntryFindings, async ({ params }, { caller }) => ({
      items: await knowledge.findings(readerOf(caller), params.id),
    })),
    implement(contract.markEntryFinding, async ({ params, body }, context) => ({
      items: await knowledge.markFinding(writerOf(context), { ...params, ...body }),
    })),
    implement(contract.adviseEntry, ({ body }, { caller }) => knowledge.advise(readerOf(caller), body)),
    implement(contract.readSummary, ({ params }, { caller }) => knowledge.summary(readerOf(caller), params.id)),
    implement(contract.mergeEntries, async ({ params, body }, context) =>
      tagged(await knowledge.merge(writerOf(context), params.id, body), context),
    ),
  ];
}
