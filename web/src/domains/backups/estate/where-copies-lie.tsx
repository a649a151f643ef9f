import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';

import type { EstateSummary } from '#backups/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';

/** Copies in use by site and kind of medium, with their share. */
export function WhereCopiesLie({ copies }: Pick<EstateSummary, 'copies'>) {
  const { t } = useTexts();
  const format = useFormat();
  const total = sum(copies);
  if (total === 0) return null;
  const places = [...Map.groupBy(copies, ({ site, media }) => `${site} ${media}`).values()]
    .flatMap(([first, ...others]) =>
      first === undefined ? [] : [{ site: first.site, media: first.media, count: sum([first, ...others]) }],
    )
    .toSorted((one, other) => other.count - one.count);
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('estate.places')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('register.site')}</Table.Th>
          <Table.Th>{t('register.copy.media')}</Table.Th>
          <Table.Th>{t('backups.copies')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {places.map(({ site, media, count }) => (
          <Table.Tr key={`${site} ${media}`}>
            <Table.Th scope="row">{site}</Table.Th>
            <Table.Td data-label={t('register.copy.media')}>{t(`backups.media.${media}`)}</Table.Td>
            <Table.Td data-label={t('backups.copies')} className="k-number">
              {format.number(count)} ({format.percent(count / total)})
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function sum(copies: EstateSummary['copies']): number {
  return copies.reduce((all, one) => all + one.copies, 0);
}
