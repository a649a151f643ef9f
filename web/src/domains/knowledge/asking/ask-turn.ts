import { askInConversation, type ConversationTurn } from '#knowledge/contract';

import { api } from '../../../lib/api.ts';
import { sendLive } from '../../../lib/send-live.ts';

export interface Asked {
  /** Stays the same when it is sent again, so that nothing is asked twice. */
  readonly key: string;
  readonly question: string;
}

/**
 * Asks over the socket; what that does not answer, the API does, or it says in full why not.
 * @throws ApiProblem
 */
export async function askTurn(conversation: string, { key, question }: Asked): Promise<ConversationTurn> {
  const told = await sendLive(askInConversation.id, { id: key, conversation, question });
  const turn = askInConversation.output.safeParse(told?.ok === true ? told.value : undefined);
  if (turn.success) return turn.data;
  return await api.call(askInConversation, { params: { id: conversation, key }, body: { question } });
}
