/** Entries asked for question by question. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { tagged, writerOf } from './request-callers.ts';

export function dialogueRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.startDialogue, ({ body }, context) => knowledge.startDialogue(writerOf(context), body)),
    implement(contract.listDialogues, async (_input, context) => ({
      items: await knowledge.dialogues(writerOf(context)),
    })),
    implement(contract.readDialogue, ({ params }, context) => knowledge.readDialogue(writerOf(context), params.id)),
    implement(contract.answerDialogue, ({ params, body }, context) =>
      knowledge.answerDialogue(writerOf(context), params.id, { key: params.key, text: body.text }),
    ),
    implement(contract.removeDialogue, async ({ params }, context) => {
      await knowledge.removeDialogue(writerOf(context), params.id);
      return undefined;
    }),
    implement(contract.finishDialogue, async ({ params }, context) =>
      tagged(await knowledge.finishDialogue(writerOf(context), params.id), context),
    ),
  ];
}
