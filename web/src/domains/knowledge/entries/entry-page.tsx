import './entry-page.css';

import { Anchor, Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';

import { type EntryView, readEntry } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { EntryAttachments } from '../attachments/entry-attachments.tsx';
import { EntryText } from '../attachments/entry-text.tsx';
import { EntryVoice } from '../feedback/entry-voice.tsx';
import { EntryFindings } from '../findings/entry-findings.tsx';
import { EntryLinks } from '../links/entry-links.tsx';
import { EntryUsage } from '../usage/entry-usage.tsx';
import { noteEntryUse } from '../usage/note-entry-use.ts';
import { TakeAlong } from '../usage/take-along.tsx';
import { EntryWatch } from '../watches/entry-watch.tsx';
import { EntryBadges } from './entry-badges.tsx';
import { EntryPresence } from './entry-presence.tsx';
import { EntrySteps } from './entry-steps.tsx';
import { EntrySummary } from './entry-summary.tsx';
import { RelatedEntries } from './related-entries.tsx';

const route = getRouteApi('/inside/knowledge/entries/$id');

export function EntryPage() {
  const { id } = route.useParams();
  const query = useRouteQuery(readEntry, { params: { id } });
  return <QueryView query={query}>{(entry) => <Entry entry={entry} />}</QueryView>;
}

function Entry({ entry }: { readonly entry: EntryView }) {
  const { t } = useTexts();
  const may = useMay('knowledge:write');
  useEffect(() => noteEntryUse(entry.id, { action: 'view' }), [entry.id]);
  return (
    <article className="k-entry">
      <Anchor component={Link} to="/knowledge/search" size="sm" className="k-no-print">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader
        title={entry.title}
        actions={
          may && (
            <Button
              variant="default"
              renderRoot={(props) => <Link {...props} to="/knowledge/entries/$id/edit" params={{ id: entry.id }} />}
            >
              {t('knowledge.edit')}
            </Button>
          )
        }
      />
      <EntryBadges type={entry.type} status={entry.status} tags={entry.tags} visibility={entry.visibility} />
      {isDue(entry) && <Notice tone="warn" title={t('knowledge.due', { day: entry.reviewOn ?? '' })} />}
      {may && <EntrySteps entry={entry} />}
      <TakeAlong entry={entry} />
      <EntryWatch id={entry.id} />
      <EntryPresence id={entry.id} mode="reading" />
      <EntrySummary id={entry.id} body={entry.body} lang={entry.lang} />
      <div className="k-card k-entry-body">
        <EntryText entry={entry} />
      </div>
      <EntryAttachments id={entry.id} />
      {may && <EntryFindings id={entry.id} />}
      <EntryVoice id={entry.id} />
      <EntryLinks id={entry.id} />
      <RelatedEntries id={entry.id} />
      <EntryUsage id={entry.id} />
      <Facts
        facts={[
          { term: t('knowledge.updated'), value: <Moment at={entry.updatedAt} as="exact" /> },
          { term: t('knowledge.updated-by'), value: entry.updatedBy },
          { term: t('knowledge.created'), value: <Moment at={entry.createdAt} as="exact" /> },
          { term: t('knowledge.created-by'), value: entry.createdBy },
          {
            term: t('knowledge.version'),
            value: (
              <Link to="/knowledge/entries/$id/history" params={{ id: entry.id }}>
                {t('knowledge.history.version', { version: entry.version })}
              </Link>
            ),
          },
          { term: t('knowledge.care.owner'), value: entry.owner ?? '–' },
          { term: t('knowledge.care.reviewer'), value: entry.reviewer ?? '–' },
          { term: t('knowledge.care.review-on'), value: entry.reviewOn ?? '–' },
          { term: t('knowledge.care.severity'), value: t(`knowledge.severity.${entry.severity ?? 'none'}`) },
          { term: t('knowledge.care.department'), value: entry.department ?? '–' },
          { term: t('knowledge.external-id'), value: entry.externalId ?? '–' },
        ]}
      />
    </article>
  );
}

/** Somebody should have looked at it by now. */
function isDue({ status, reviewOn }: EntryView): boolean {
  return status === 'published' && reviewOn !== null && reviewOn <= new Date().toISOString().slice(0, 10);
}
