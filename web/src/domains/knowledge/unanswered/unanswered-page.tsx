import '../../../ui/stacking-table.css';

import { Anchor, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { type UnansweredSearch, unansweredSearches } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

/** What was searched for and not found: what is worth writing. */
export function UnansweredPage() {
  const { t } = useTexts();
  const query = useRouteQuery(unansweredSearches, { query: { limit: 100 } });
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader title={t('knowledge.unanswered')} lead={t('knowledge.unanswered.lead')} />
      <QueryView query={query}>
        {({ noted, items }) => (
          <>
            {!noted && <Notice tone="info" title={t('knowledge.unanswered.not-noted')} />}
            {items.length === 0 ? (
              <EmptyNote title={t('knowledge.unanswered.none')}>{t('knowledge.unanswered.lead')}</EmptyNote>
            ) : (
              <UnansweredTable items={items} />
            )}
          </>
        )}
      </QueryView>
    </>
  );
}

function UnansweredTable({ items }: { readonly items: readonly UnansweredSearch[] }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('knowledge.unanswered')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('knowledge.unanswered.query')}</Table.Th>
          <Table.Th>{t('knowledge.unanswered.searches')}</Table.Th>
          <Table.Th>{t('knowledge.unanswered.last')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(({ query, searches, lastOn }) => (
          <Table.Tr key={query}>
            <Table.Td data-label={t('knowledge.unanswered.query')}>
              <Link to="/knowledge/search" search={{ q: query }}>
                {query}
              </Link>
            </Table.Td>
            <Table.Td data-label={t('knowledge.unanswered.searches')}>{format.number(searches)}</Table.Td>
            <Table.Td data-label={t('knowledge.unanswered.last')}>{lastOn}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
