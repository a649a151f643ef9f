import '../entries/entry-page.css';

import { Anchor, Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';

import { listDialogues, removeDialogue, startDialogue } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

/** Own dialogues under way, and a new one. */
export function DialoguesPage() {
  const { t, i18n } = useTexts();
  const navigate = useNavigate();
  const may = useMay('knowledge:write');
  const query = useRouteQuery(listDialogues);
  const start = useRouteMutation(startDialogue, {
    stales: [listDialogues],
    onSuccess: ({ id }) => void navigate({ to: '/knowledge/dialogues/$id', params: { id } }),
  });
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader
        title={t('knowledge.dialogue')}
        lead={t('knowledge.dialogue.lead')}
        actions={
          may && (
            <Button
              loading={start.isPending}
              onClick={() => start.mutate({ body: { lang: i18n.language === 'ja' ? 'ja' : 'en' } })}
            >
              {t('knowledge.dialogue.start')}
            </Button>
          )
        }
      />
      {start.isError && <ProblemNotice error={start.error} />}
      <QueryView query={query}>
        {({ items }) => (
          <ul className="k-plain-list k-related" aria-label={t('knowledge.dialogue.own')}>
            {items.map(({ id, title, progress, updatedAt }) => (
              <li key={id} className="k-card">
                <span>
                  <Link to="/knowledge/dialogues/$id" params={{ id }}>
                    {title ?? t('knowledge.dialogue.untitled')}
                  </Link>{' '}
                  · {progress} % · <Moment at={updatedAt} />
                </span>
                <GiveUp id={id} title={title ?? t('knowledge.dialogue.untitled')} />
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </>
  );
}

function GiveUp({ id, title }: { readonly id: string; readonly title: string }) {
  const { t } = useTexts();
  const remove = useRouteMutation(removeDialogue, { stales: [listDialogues] });
  return (
    <ConfirmAction
      label={t('knowledge.dialogue.remove')}
      name={`${t('knowledge.dialogue.remove')}: ${title}`}
      question={t('knowledge.dialogue.remove.really')}
      consequence={t('knowledge.dialogue.remove.consequence')}
      mutation={remove}
      onConfirm={(done) => remove.mutate({ params: { id } }, { onSuccess: done })}
    />
  );
}
