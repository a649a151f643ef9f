import '../entries/entry-page.css';

import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { type EntrySummary, listEntries } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { EntryBadges } from '../entries/entry-badges.tsx';
import { ExportButton } from '../exchange/export-button.tsx';
import { FolderSync } from '../sync/folder-sync.tsx';
import { TaskQueue } from './task-queue.tsx';

/** What is to be done so that people can go on trusting what is written. */
export function UpkeepPage() {
  const { t } = useTexts();
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader
        title={t('knowledge.upkeep')}
        lead={t('knowledge.upkeep.lead')}
        actions={
          <>
            <Button component={Link} to="/knowledge/tags" variant="default">
              {t('knowledge.tags')}
            </Button>
            <Button component={Link} to="/knowledge/duplicates" variant="default">
              {t('knowledge.duplicates')}
            </Button>
            <Button component={Link} to="/knowledge/usage" variant="default">
              {t('knowledge.usage')}
            </Button>
            <Button component={Link} to="/knowledge/unanswered" variant="default">
              {t('knowledge.unanswered')}
            </Button>
            <Button component={Link} to="/knowledge/removed" variant="default">
              {t('knowledge.removed')}
            </Button>
            <ExportButton />
          </>
        }
      />
      <TaskQueue />
      <Listed title={t('knowledge.upkeep.review')} filter={{ status: ['review'] }} />
      <Listed title={t('knowledge.upkeep.due')} filter={{ dueBy: new Date().toISOString().slice(0, 10) }} />
      <FolderSync />
    </>
  );
}

interface ListedProps {
  readonly title: string;
  readonly filter: { readonly status?: ['review']; readonly dueBy?: string };
}

function Listed({ title, filter }: ListedProps) {
  const { t } = useTexts();
  const query = useRouteQuery(listEntries, { query: { ...filter, limit: 100 } });
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <QueryView query={query}>
        {({ items }) => (items.length === 0 ? <p>{t('knowledge.upkeep.nothing')}</p> : <EntryList items={items} />)}
      </QueryView>
    </section>
  );
}

function EntryList({ items }: { readonly items: readonly EntrySummary[] }) {
  const { t } = useTexts();
  return (
    <ul className="k-plain-list k-related">
      {items.map(({ id, title, type, status, tags, owner, reviewOn, updatedAt }) => (
        <li key={id} className="k-card">
          <Link to="/knowledge/entries/$id" params={{ id }}>
            {title}
          </Link>
          <EntryBadges type={type} status={status} tags={tags} />
          <small>
            {t('knowledge.care.owner')}: {owner ?? '–'} · {t('knowledge.care.review-on')}: {reviewOn ?? '–'} ·{' '}
            <Moment at={updatedAt} />
          </small>
        </li>
      ))}
    </ul>
  );
}
