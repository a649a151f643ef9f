import '../entries/entry-page.css';

import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { listOwnSystemFeedback } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { FeedbackCard } from './feedback-card.tsx';
import { FeedbackForm } from './feedback-form.tsx';
import { FeedbackTriage } from './feedback-triage.tsx';

/** What somebody has to say of Kura itself, and what becomes of it; who manages sees what everybody said. */
export function SystemFeedbackPage() {
  const { t } = useTexts();
  const mayManage = useMay('knowledge:manage');
  const own = useRouteQuery(listOwnSystemFeedback, { query: {} });
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader title={t('knowledge.system-feedback')} lead={t('knowledge.system-feedback.lead')} />
      <FeedbackForm />
      {mayManage && <FeedbackTriage />}
      <section aria-label={t('knowledge.system-feedback.own')}>
        <h2>{t('knowledge.system-feedback.own')}</h2>
        <QueryView query={own}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{t('knowledge.system-feedback.none')}</p>
            ) : (
              <ul className="k-plain-list k-related">
                {items.map((feedback) => (
                  <FeedbackCard key={feedback.id} feedback={feedback} />
                ))}
              </ul>
            )
          }
        </QueryView>
      </section>
    </>
  );
}
