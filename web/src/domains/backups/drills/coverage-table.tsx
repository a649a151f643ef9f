import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';

import { type CoverageView, listCoverage } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';

/** Whether every byte of each vault was read within the days that were promised. */
export function CoverageTable() {
  const { t } = useTexts();
  const query = useRouteQuery(listCoverage);
  return (
    <section className="k-card" aria-labelledby="coverage">
      <h2 id="coverage">{t('backups.coverage.title')}</h2>
      <QueryView query={query}>
        {({ items }) => (items.length === 0 ? <p>{t('backups.coverage.none')}</p> : <Coverages items={items} />)}
      </QueryView>
    </section>
  );
}

function Coverages({ items }: { readonly items: readonly CoverageView[] }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-labelledby="coverage">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('backups.copy')}</Table.Th>
          <Table.Th>{t('backups.coverage.read')}</Table.Th>
          <Table.Th>{t('backups.coverage.never')}</Table.Th>
          <Table.Th>{t('backups.coverage.goal')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(({ job, copy, everythingSince, neverRead, withinDays, met }) => (
          <Table.Tr key={`${job}/${copy}`}>
            <Table.Th scope="row">
              {job}/{copy}
            </Table.Th>
            <Table.Td data-label={t('backups.coverage.read')}>
              {everythingSince === null ? '–' : <Moment at={everythingSince} />}
            </Table.Td>
            <Table.Td data-label={t('backups.coverage.never')}>{format.bytes(neverRead.bytes)}</Table.Td>
            <Table.Td data-label={t('backups.coverage.goal')}>
              <StateBadge tone={met ? 'ok' : 'bad'} label={t('backups.coverage.days', { days: withinDays })} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
