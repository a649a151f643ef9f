import '../entries/entry-page.css';

import { Link } from '@tanstack/react-router';

import { listConversations, removeConversation } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

/** The reader's conversations, to go on with or to remove; nothing where there is none. */
export function OwnConversations() {
  const { t } = useTexts();
  const format = useFormat();
  const query = useRouteQuery(listConversations);
  return (
    <QueryView query={query}>
      {({ items }) =>
        items.length > 0 && (
          <section aria-label={t('knowledge.conversations')}>
            <h2>{t('knowledge.conversations')}</h2>
            <p>{t('knowledge.conversations.lead')}</p>
            <ul className="k-plain-list k-related">
              {items.map(({ id, question, questions, updatedAt }) => (
                <li key={id} className="k-card">
                  <span>
                    <Link to="/knowledge/conversations/$id" params={{ id }}>
                      {question ?? t('knowledge.conversation.unasked')}
                    </Link>{' '}
                    · {t('knowledge.conversation.questions', { questions: format.number(questions) })} ·{' '}
                    <Moment at={updatedAt} />
                  </span>
                  <Remove id={id} question={question ?? t('knowledge.conversation.unasked')} />
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </QueryView>
  );
}

function Remove({ id, question }: { readonly id: string; readonly question: string }) {
  const { t } = useTexts();
  const remove = useRouteMutation(removeConversation, { stales: [listConversations] });
  return (
    <ConfirmAction
      label={t('knowledge.conversation.remove')}
      name={`${t('knowledge.conversation.remove')}: ${question}`}
      question={t('knowledge.conversation.remove.really')}
      consequence={t('knowledge.conversation.remove.consequence')}
      mutation={remove}
      onConfirm={(done) => remove.mutate({ params: { id } }, { onSuccess: done })}
    />
  );
}
