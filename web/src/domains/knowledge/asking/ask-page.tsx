import { Anchor, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';

import { askKnowledge, startConversation } from '#knowledge/contract';

import { api } from '../../../lib/api.ts';
import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { AnsweredBefore, NothingKnown, Passages, PersonNeeded } from './answer-parts.tsx';
import { type Asked, askTurn } from './ask-turn.ts';
import { OwnConversations } from './own-conversations.tsx';
import { QuestionForm } from './question-form.tsx';
import { WrittenAnswer } from './written-answer.tsx';

const route = getRouteApi('/inside/knowledge/ask');

/** A question begins a conversation; one that stands in the address is answered by itself. */
export function AskPage() {
  const { t } = useTexts();
  const { q = '' } = route.useSearch();
  const begin = useBeginning();
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader
        title={t('knowledge.ask')}
        lead={t('knowledge.ask.lead')}
        actions={
          <Button component={Link} to="/knowledge/faq" variant="default">
            {t('knowledge.faq')}
          </Button>
        }
      />
      <QuestionForm key={q} first={q} isPending={begin.isPending} onAsk={(asked) => begin.mutate(asked)} />
      {begin.isError && <ProblemNotice error={begin.error} onRetry={() => begin.mutate(begin.variables)} />}
      {q !== '' && <Answer q={q} />}
      <OwnConversations />
    </>
  );
}

/** Starts a conversation with its first question, once however often it is tried. */
function useBeginning() {
  const navigate = useNavigate();
  const begun = useRef<string>(undefined);
  return useMutation<string, Error, Asked>({
    mutationFn: async (asked) => {
      begun.current ??= (await api.call(startConversation)).id;
      await askTurn(begun.current, asked);
      return begun.current;
    },
    onSuccess: (id) => navigate({ to: '/knowledge/conversations/$id', params: { id } }),
  });
}

function Answer({ q }: { readonly q: string }) {
  const query = useRouteQuery(askKnowledge, { query: { q } });
  return (
    <QueryView query={query}>
      {({ faq, found, passages, near, escalation }) => (
        <>
          <PersonNeeded escalation={escalation} />
          {faq.length > 0 && <AnsweredBefore faq={faq} />}
          {found && <Passages passages={passages} />}
          {found && <WrittenAnswer question={q} />}
          {!found && faq.length === 0 && <NothingKnown near={near} />}
        </>
      )}
    </QueryView>
  );
}
