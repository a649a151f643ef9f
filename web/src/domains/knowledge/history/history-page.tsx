import '../../../ui/stacking-table.css';
import './history-page.css';

import { Anchor, NativeSelect, SimpleGrid, Table } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';

import {
  type EntryView,
  type ListedVersion,
  listVersions,
  readEntry,
  restoreVersion,
  searchKnowledge,
} from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { VersionChanges } from './version-changes.tsx';

const route = getRouteApi('/inside/knowledge/entries/$id/history');

/** What an entry said before, what differs, and the way back to it. */
export function HistoryPage() {
  const { t } = useTexts();
  const { id } = route.useParams();
  const entry = useRouteQuery(readEntry, { params: { id } });
  return (
    <>
      <Anchor component={Link} to={`/knowledge/entries/${id}`} size="sm">
        {t('knowledge.history.back')}
      </Anchor>
      <PageHeader title={t('knowledge.history')} lead={entry.data?.title ?? ''} />
      <QueryView query={entry}>{(one) => <Versions entry={one} />}</QueryView>
    </>
  );
}

function Versions({ entry }: { readonly entry: EntryView }) {
  const query = useRouteQuery(listVersions, { params: { id: entry.id } });
  return (
    <QueryView query={query}>
      {({ items }) => (
        <>
          <Comparison id={entry.id} items={items} key={items.length} />
          <VersionTable entry={entry} items={items} />
        </>
      )}
    </QueryView>
  );
}

interface VersionsProps {
  readonly items: readonly ListedVersion[];
}

function Comparison({ id, items }: VersionsProps & { readonly id: string }) {
  const { t } = useTexts();
  const [to, setTo] = useState(items[0]?.version ?? 1);
  const [from, setFrom] = useState(items[1]?.version ?? items[0]?.version ?? 1);
  const data = items.map(({ version }) => ({
    value: String(version),
    label: t('knowledge.history.version', { version }),
  }));
  if (items.length < 2) return <p>{t('knowledge.history.only')}</p>;
  return (
    <section aria-label={t('knowledge.history.changes')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} mb="md">
        <NativeSelect
          label={t('knowledge.history.from')}
          data={data}
          value={String(from)}
          onChange={({ currentTarget: { value } }) => setFrom(Number(value))}
        />
        <NativeSelect
          label={t('knowledge.history.to')}
          data={data}
          value={String(to)}
          onChange={({ currentTarget: { value } }) => setTo(Number(value))}
        />
      </SimpleGrid>
      <VersionChanges id={id} from={from} to={to} />
    </section>
  );
}

function VersionTable({ entry, items }: VersionsProps & { readonly entry: EntryView }) {
  const { t } = useTexts();
  const may = useMay('knowledge:write');
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('knowledge.history')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('knowledge.version')}</Table.Th>
          <Table.Th>{t('knowledge.updated')}</Table.Th>
          <Table.Th>{t('knowledge.updated-by')}</Table.Th>
          <Table.Th>{t('knowledge.care.note')}</Table.Th>
          {may && <Table.Th>{t('knowledge.history.restore')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.version}>
            <Table.Td data-label={t('knowledge.version')}>{item.version}</Table.Td>
            <Table.Td data-label={t('knowledge.updated')}>
              <Moment at={item.savedAt} as="exact" />
            </Table.Td>
            <Table.Td data-label={t('knowledge.updated-by')}>{item.savedBy}</Table.Td>
            <Table.Td data-label={t('knowledge.care.note')}>{noteOf(item, t('knowledge.history.restored'))}</Table.Td>
            {may && (
              <Table.Td data-label={t('knowledge.history.restore')}>
                {item.version !== entry.version && <Restore entry={entry} version={item.version} />}
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function noteOf({ note, restoredFrom }: ListedVersion, restored: string): string {
  return [restoredFrom === null ? '' : `${restored} ${restoredFrom}`, note ?? ''].filter(Boolean).join(' – ') || '–';
}

function Restore({ entry, version }: { readonly entry: EntryView; readonly version: number }) {
  const { t } = useTexts();
  const restore = useRouteMutation(restoreVersion, { stales: [readEntry, listVersions, searchKnowledge] });
  return (
    <ConfirmAction
      label={t('knowledge.history.restore')}
      name={t('knowledge.history.restore-version', { version })}
      question={t('knowledge.history.really', { version })}
      consequence={t('knowledge.history.consequence')}
      tone="warn"
      mutation={restore}
      onConfirm={(done) =>
        restore.mutate(
          { params: { id: entry.id }, body: { restored: version, version: entry.version } },
          { onSuccess: done },
        )
      }
    />
  );
}
