import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';

import { readSweep, type SweepCell } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { collectionTones } from './collection-item.tsx';

/** What each cell of the matrix brought, and how much of it was known from another cell. */
export function SweepCells({ name }: { readonly name: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const query = useRouteQuery(readSweep, { params: { name } });
  return (
    <QueryView query={query}>
      {({ cells, models, versions }) => (
        <>
          <p className="k-watch-reason">
            {t('models.sweep.total', { models: format.number(models), versions: format.number(versions) })}
          </p>
          <Table className="k-stacking" verticalSpacing="xs" aria-label={name}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('models.sweep.cell')}</Table.Th>
                <Table.Th>{t('models.column.state')}</Table.Th>
                <Table.Th>{t('models.sweep.fetched')}</Table.Th>
                <Table.Th>{t('models.collection.versions')}</Table.Th>
                <Table.Th>{t('models.sweep.duplicates')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {cells.map((cell) => (
                <CellRow key={cell.place} cell={cell} />
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
    </QueryView>
  );
}

function CellRow({ cell }: { readonly cell: SweepCell }) {
  const { t } = useTexts();
  const format = useFormat();
  const { status } = cell;
  return (
    <Table.Tr>
      <Table.Th scope="row">{cell.label}</Table.Th>
      <Table.Td data-label={t('models.column.state')}>
        <StateBadge
          tone={status === 'waiting' ? 'calm' : collectionTones[status]}
          label={cell.reason?.message ?? t(`models.collection.${status}`)}
        />
      </Table.Td>
      <Table.Td data-label={t('models.sweep.fetched')} className="k-number">
        {format.number(cell.fetched)}
      </Table.Td>
      <Table.Td data-label={t('models.collection.versions')} className="k-number">
        {format.number(cell.versions)}
      </Table.Td>
      <Table.Td data-label={t('models.sweep.duplicates')} className="k-number">
        {format.number(cell.duplicates)}
      </Table.Td>
    </Table.Tr>
  );
}
