/** A conversation as it stands, in every tab that has it open. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { type ConversationTurn, type ConversationView, listConversations, readConversation } from '#knowledge/contract';
import { changedSchema, changedTopic, presenceSchema, presenceTopic } from '#platform/live/contract';

import { useLive } from '../../../lib/live.ts';
import { usePresence } from '../../../lib/presence.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { type Asked, askTurn } from './ask-turn.ts';

/** Follows what other tabs ask and remove. @returns whether it was removed meanwhile */
export function useFollowing(id: string): boolean {
  const queries = useQueryClient();
  const subject = `knowledge-conversation:${id}`;
  const [gone, setGone] = useState(false);
  function refresh(): void {
    void queries.invalidateQueries({ queryKey: routeKey(readConversation, { params: { id } }) });
  }
  usePresence(subject, 'reading');
  // Told to each who enters, also after a broken line: what was asked before that was not heard here.
  useLive(presenceTopic, presenceSchema, (presence) => {
    if (presence.subject === subject) refresh();
  });
  useLive(changedTopic, changedSchema, (changed) => {
    if (changed.subject !== subject) return;
    setGone(changed.gone);
    if (!changed.gone) refresh();
  });
  return gone;
}

/** Asks the next question. What was sent last is in `variables`, to be shown or sent again under the same key. */
export function useNextQuestion(id: string) {
  const queries = useQueryClient();
  const queryKey = routeKey(readConversation, { params: { id } });
  return useMutation<ConversationTurn, Error, Asked>({
    mutationFn: (asked) => askTurn(id, asked),
    onSuccess: async (turn) => {
      // A look that began before the answer would take it away again.
      await queries.cancelQueries({ queryKey });
      queries.setQueryData<ConversationView>(queryKey, (before) => before && withTurn(before, turn));
      void queries.invalidateQueries({ queryKey });
      void queries.invalidateQueries({ queryKey: routeKey(listConversations) });
    },
  });
}

function withTurn(before: ConversationView, turn: ConversationTurn): ConversationView {
  if (before.turns.some(({ key }) => key === turn.key)) return before;
  return { ...before, turns: [...before.turns, turn] };
}
