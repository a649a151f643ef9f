import './print-page.css';

import { Anchor, Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';

import { type EntryView, readEntry } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { EntryText } from '../attachments/entry-text.tsx';
import { EntryBadges } from '../entries/entry-badges.tsx';

const route = getRouteApi('/inside/knowledge/print');

/** Entries one after the other, each on a page of its own, with who keeps them and which version was printed. */
export function PrintPage() {
  const { t } = useTexts();
  const { id } = route.useSearch();
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm" className="k-no-print">
        {t('knowledge.back')}
      </Anchor>
      <div className="k-no-print">
        <PageHeader
          title={t('knowledge.print')}
          lead={t('knowledge.print.lead')}
          actions={id.length > 0 && <Button onClick={() => window.print()}>{t('knowledge.take.print')}</Button>}
        />
      </div>
      {id.length === 0 && <EmptyNote title={t('knowledge.print.none')}>{t('knowledge.print.none.advice')}</EmptyNote>}
      {[...new Set(id)].map((one) => (
        <PrintedEntry key={one} id={one} />
      ))}
    </>
  );
}

function PrintedEntry({ id }: { readonly id: string }) {
  const query = useRouteQuery(readEntry, { params: { id } });
  return <QueryView query={query}>{(entry) => <Printed entry={entry} />}</QueryView>;
}

function Printed({ entry }: { readonly entry: EntryView }) {
  const { t } = useTexts();
  return (
    <article className="k-printed">
      <h2 lang={entry.lang}>{entry.title}</h2>
      <EntryBadges type={entry.type} status={entry.status} tags={entry.tags} visibility={entry.visibility} />
      <EntryText entry={entry} />
      <small>
        {t('knowledge.history.version', { version: entry.version })} · {t('knowledge.updated')}:{' '}
        <Moment at={entry.updatedAt} as="exact" /> · {t('knowledge.care.owner')}: {entry.owner ?? '–'} · {entry.id}
      </small>
    </article>
  );
}
