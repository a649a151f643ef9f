/** Entries and a folder under git, kept the same. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { managerOf } from './request-callers.ts';

export function syncRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.syncKnowledge, ({ body }, context) => {
      const { signal } = context;
      return knowledge.syncFolder(managerOf(context), knowledge.syncedFolder(), { ...body, signal });
    }),
  ];
}
