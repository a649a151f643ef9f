import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';

import type { KnowledgeUsage } from '#knowledge/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';

/** Searches, those in vain, readings and new incidents of each day; days without any are left out. */
export function UsageDays({ days }: Pick<KnowledgeUsage, 'days'>) {
  const { t } = useTexts();
  const format = useFormat();
  const counts = ['searches', 'without-hit', 'views', 'incidents'] as const;
  return (
    <section aria-label={t('knowledge.usage.by-day')}>
      <h2>{t('knowledge.usage.by-day')}</h2>
      {days.length === 0 ? (
        <p>{t('knowledge.usage.none')}</p>
      ) : (
        <Table className="k-stacking" verticalSpacing="xs" aria-label={t('knowledge.usage.by-day')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('knowledge.usage.day')}</Table.Th>
              {counts.map((count) => (
                <Table.Th key={count}>{t(`knowledge.usage.day-${count}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days.toReversed().map(({ day, searches, withoutHit, views, incidents }) => (
              <Table.Tr key={day}>
                <Table.Td data-label={t('knowledge.usage.day')}>{day}</Table.Td>
                <Table.Td data-label={t('knowledge.usage.day-searches')}>{format.number(searches)}</Table.Td>
                <Table.Td data-label={t('knowledge.usage.day-without-hit')}>{format.number(withoutHit)}</Table.Td>
                <Table.Td data-label={t('knowledge.usage.day-views')}>{format.number(views)}</Table.Td>
                <Table.Td data-label={t('knowledge.usage.day-incidents')}>{format.number(incidents)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
