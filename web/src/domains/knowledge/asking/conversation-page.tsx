import './conversation-page.css';

import { Anchor, Button, Group } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

import { type ConversationView, handOverConversation, listEntries, readConversation } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { Turn } from './conversation-turn.tsx';
import { QuestionForm } from './question-form.tsx';
import { useFollowing, useNextQuestion } from './use-conversation.ts';

const route = getRouteApi('/inside/knowledge/conversations/$id');

/** Questions one after the other, each answered by what stands in entries or by saying that nothing does. */
export function ConversationPage() {
  const { t } = useTexts();
  const { id } = route.useParams();
  const query = useRouteQuery(readConversation, { params: { id } });
  return (
    <article className="k-entry">
      <Anchor component={Link} to="/knowledge/ask" size="sm" className="k-no-print">
        {t('knowledge.conversation.back')}
      </Anchor>
      <PageHeader title={t('knowledge.conversation')} lead={t('knowledge.conversation.lead')} />
      <QueryView query={query}>
        {(conversation) => <Conversation key={conversation.id} conversation={conversation} />}
      </QueryView>
    </article>
  );
}

function Conversation({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTexts();
  const { id, turns } = conversation;
  const gone = useFollowing(id);
  const ask = useNextQuestion(id);
  const newest = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (ask.isSuccess) newest.current?.scrollIntoView({ block: 'nearest' });
  }, [ask.isSuccess, turns.length]);
  if (gone) return <Notice tone="warn" role="status" title={t('knowledge.conversation.gone')} />;
  return (
    <>
      <div role="log" aria-label={t('knowledge.conversation')} aria-busy={ask.isPending}>
        <ol className="k-plain-list k-turns">
          {turns.map((turn, index) => (
            <li key={turn.key} ref={index === turns.length - 1 ? newest : null}>
              <Turn turn={turn} />
            </li>
          ))}
        </ol>
        {ask.isPending && <p>{t('knowledge.conversation.asking', { question: ask.variables.question })}</p>}
      </div>
      {ask.isError && (
        <>
          <p>{t('knowledge.conversation.unanswered', { question: ask.variables.question })}</p>
          <ProblemNotice error={ask.error} onRetry={() => ask.mutate(ask.variables)} />
        </>
      )}
      <QuestionForm isPending={ask.isPending} onAsk={(asked) => ask.mutate(asked)} />
      {turns.length > 0 && <HandOver conversation={conversation} />}
    </>
  );
}

/** For those who can help, where the answers did not; once. */
function HandOver({ conversation: { id, entry } }: { readonly conversation: ConversationView }) {
  const { t, i18n } = useTexts();
  const may = useMay('knowledge:write');
  const handOver = useRouteMutation(handOverConversation, { stales: [readConversation, listEntries] });
  if (entry !== null) {
    return (
      <p role="status">
        {t('knowledge.conversation.handed-over')}{' '}
        <Link to="/knowledge/entries/$id" params={{ id: entry.id }}>
          {entry.title}
        </Link>
      </p>
    );
  }
  if (!may) return null;
  return (
    <section aria-label={t('knowledge.conversation.hand-over')} className="k-no-print">
      <p>{t('knowledge.conversation.hand-over.lead')}</p>
      {handOver.isError && <ProblemNotice error={handOver.error} />}
      <Group mb="md">
        <Button
          variant="default"
          loading={handOver.isPending}
          onClick={() => handOver.mutate({ params: { id }, body: { lang: i18n.language === 'ja' ? 'ja' : 'en' } })}
        >
          {t('knowledge.conversation.hand-over')}
        </Button>
      </Group>
    </section>
  );
}
