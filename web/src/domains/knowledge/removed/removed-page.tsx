import '../../../ui/stacking-table.css';

import { Anchor, Button, Group, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import {
  bringBackEntry,
  listEntries,
  listRemovedEntries,
  purgeEntry,
  type RemovedEntryView,
  searchKnowledge,
} from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

/** Removed entries: back again, or gone for good. */
export function RemovedPage() {
  const { t } = useTexts();
  const query = useRouteQuery(listRemovedEntries, { query: {} });
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader title={t('knowledge.removed')} lead={t('knowledge.removed.lead')} />
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? <EmptyNote title={t('knowledge.removed.none')} /> : <RemovedTable items={items} />
        }
      </QueryView>
    </>
  );
}

function RemovedTable({ items }: { readonly items: readonly RemovedEntryView[] }) {
  const { t } = useTexts();
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('knowledge.removed')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('knowledge.form.title')}</Table.Th>
          <Table.Th>{t('knowledge.removed.when')}</Table.Th>
          <Table.Th>{t('knowledge.removed.by')}</Table.Th>
          <Table.Th>{t('knowledge.removed.until')}</Table.Th>
          <Table.Th>{t('knowledge.removed.actions')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <RemovedRow key={item.id} item={item} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function RemovedRow({ item }: { readonly item: RemovedEntryView }) {
  const { t } = useTexts();
  return (
    <Table.Tr>
      <Table.Td data-label={t('knowledge.form.title')}>
        {item.mergedInto === null ? (
          item.title
        ) : (
          <>
            {item.title} →{' '}
            <Link to="/knowledge/entries/$id" params={{ id: item.mergedInto }}>
              {t('knowledge.removed.merged')}
            </Link>
          </>
        )}
      </Table.Td>
      <Table.Td data-label={t('knowledge.removed.when')}>
        <Moment at={item.removedAt} />
      </Table.Td>
      <Table.Td data-label={t('knowledge.removed.by')}>{item.removedBy}</Table.Td>
      <Table.Td data-label={t('knowledge.removed.until')}>
        {item.purgeAt === null ? '–' : <Moment at={item.purgeAt} />}
      </Table.Td>
      <Table.Td data-label={t('knowledge.removed.actions')}>
        <RemovedActions item={item} />
      </Table.Td>
    </Table.Tr>
  );
}

function RemovedActions({ item: { id, title } }: { readonly item: RemovedEntryView }) {
  const { t } = useTexts();
  const may = useMay('knowledge:write');
  const mayPurge = useMay('knowledge:manage');
  const stales = [listRemovedEntries, listEntries, searchKnowledge];
  const bringBack = useRouteMutation(bringBackEntry, { stales });
  const purge = useRouteMutation(purgeEntry, { stales });
  return (
    <>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          loading={bringBack.isPending}
          disabled={!may}
          aria-label={t('knowledge.bring-back.of', { title })}
          onClick={() => bringBack.mutate({ params: { id } })}
        >
          {t('knowledge.bring-back')}
        </Button>
        {mayPurge && (
          <ConfirmAction
            label={t('knowledge.purge')}
            name={t('knowledge.purge.of', { title })}
            question={t('knowledge.purge.really')}
            consequence={t('knowledge.purge.consequence')}
            mutation={purge}
            onConfirm={(done) => purge.mutate({ params: { id } }, { onSuccess: done })}
          />
        )}
      </Group>
      {bringBack.isError && <ProblemNotice error={bringBack.error} />}
    </>
  );
}
