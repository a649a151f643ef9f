import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';

import type { ApiWatchStatusView } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Moment } from '../../../ui/moment.tsx';

export function EndpointTable({ endpoints }: Pick<ApiWatchStatusView, 'endpoints'>) {
  const { t } = useTexts();
  const format = useFormat();
  if (endpoints.length === 0) return <EmptyNote title={t('models.civitai.nothing-learned')} />;
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('models.civitai.learned')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('models.civitai.endpoint')}</Table.Th>
          <Table.Th>{t('models.civitai.answers')}</Table.Th>
          <Table.Th>{t('models.civitai.fields')}</Table.Th>
          <Table.Th>{t('models.civitai.last')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {endpoints.map(({ endpoint, answers, fields, learnedAt }) => (
          <Table.Tr key={endpoint}>
            <Table.Th scope="row" className="k-mono">
              {endpoint}
            </Table.Th>
            <Table.Td data-label={t('models.civitai.answers')} className="k-number">
              {format.number(answers)}
            </Table.Td>
            <Table.Td data-label={t('models.civitai.fields')} className="k-number">
              {format.number(fields)}
            </Table.Td>
            <Table.Td data-label={t('models.civitai.last')}>
              <Moment at={learnedAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
