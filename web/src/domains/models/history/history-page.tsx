import '../../../ui/stacking-table.css';

import { Table, TextInput } from '@mantine/core';
import { useState } from 'react';

import { type DownloadStatistics, readDownloadStatistics, sinceSchema } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { HistoryBundle } from './history-bundle.tsx';

export function HistoryPage() {
  const { t } = useTexts();
  const [since, setSince] = useState('');
  const isFine = since.trim() === '' || sinceSchema.safeParse(since).success;
  return (
    <>
      <PageHeader title={t('models.history.title')} lead={t('models.history.lead')} />
      <TextInput
        label={t('models.history.since')}
        value={since}
        error={!isFine && t('models.history.since.bad')}
        maxLength={40}
        onChange={(event) => setSince(event.currentTarget.value)}
      />
      <Statistics since={isFine && since.trim() !== '' ? since : undefined} />
      <HistoryBundle />
    </>
  );
}

function Statistics({ since }: { readonly since: string | undefined }) {
  const query = useRouteQuery(readDownloadStatistics, { query: since === undefined ? {} : { since } });
  return <QueryView query={query}>{(statistics) => <Numbers statistics={statistics} />}</QueryView>;
}

function Numbers({ statistics }: { readonly statistics: DownloadStatistics }) {
  const { t } = useTexts();
  const format = useFormat();
  const { total, byType, reasons } = statistics;
  if (total.files === 0) return <EmptyNote title={t('models.history.none')}>{t('models.history.lead')}</EmptyNote>;
  return (
    <>
      <Table className="k-stacking" verticalSpacing="xs" aria-label={t('models.history.title')}>
        <Table.Thead>
          <Table.Tr>
            {(['type', 'files', 'placed', 'failed', 'bytes', 'network', 'speed'] as const).map((column) => (
              <Table.Th key={column}>{t(`models.history.${column}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {byType.map(({ type, ...totals }) => (
            <Row key={type} name={type} totals={totals} />
          ))}
          <Row name={t('models.history.total')} totals={total} />
        </Table.Tbody>
      </Table>
      <section aria-labelledby="why-not-there">
        <h2 id="why-not-there">{t('models.history.reasons')}</h2>
        {reasons.length === 0 && <p>{t('models.history.reasons.none')}</p>}
        <ul>
          {reasons.map(({ code, count }) => (
            <li key={code}>
              <span className="k-number">{format.number(count)}</span> × <code className="k-mono">{code}</code>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

interface RowProps {
  readonly name: string;
  readonly totals: DownloadStatistics['total'];
}

function Row({ name, totals }: RowProps) {
  const { t } = useTexts();
  const format = useFormat();
  const { files, placed, failed, bytes, networkBytes, medianBytesPerSecond: speed } = totals;
  const cells = {
    files: format.number(files),
    placed: format.number(placed),
    failed: format.number(failed),
    bytes: format.bytes(bytes),
    network: format.bytes(networkBytes),
    speed: speed === null ? '–' : `${format.bytes(speed)}/s`,
  };
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      {(['files', 'placed', 'failed', 'bytes', 'network', 'speed'] as const).map((column) => (
        <Table.Td key={column} data-label={t(`models.history.${column}`)} className="k-number">
          {cells[column]}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
