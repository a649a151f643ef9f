import './entry-page.css';

import { Anchor, Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { type EntryView, readEntry } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { Facts } from '../../../ui/facts.tsx';
import { MarkdownText } from '../../../ui/markdown-text.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { EntryBadges } from './entry-badges.tsx';

const route = getRouteApi('/inside/knowledge/entries/$id');

export function EntryPage() {
  const { id } = route.useParams();
  const query = useRouteQuery(readEntry, { params: { id } });
  return <QueryView query={query}>{(entry) => <Entry entry={entry} />}</QueryView>;
}

function Entry({ entry }: { readonly entry: EntryView }) {
  const { t } = useTranslation();
  const may = useMay('knowledge:write');
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
      <EntryBadges type={entry.type} status={entry.status} tags={entry.tags} />
      <div className="k-card k-entry-body">
        <MarkdownText text={entry.body} lang={entry.lang} />
      </div>
      <Facts
        facts={[
          { term: t('knowledge.updated'), value: <Moment at={entry.updatedAt} as="exact" /> },
          { term: t('knowledge.updated-by'), value: entry.updatedBy },
          { term: t('knowledge.created'), value: <Moment at={entry.createdAt} as="exact" /> },
          { term: t('knowledge.created-by'), value: entry.createdBy },
          { term: t('knowledge.version'), value: entry.version },
          { term: t('knowledge.external-id'), value: entry.externalId ?? '–' },
        ]}
      />
    </article>
  );
}
