import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { type MediumView, placeName } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { StageBadge } from './stage-badge.tsx';

export function MediaTable({ media }: { readonly media: readonly MediumView[] }) {
  const { t } = useTexts();
  if (media.length === 0) return <EmptyNote title={t('media.none')}>{t('media.none.advice')}</EmptyNote>;
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('media.list')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('media.label')}</Table.Th>
          <Table.Th>{t('media.kind')}</Table.Th>
          <Table.Th>{t('media.stage')}</Table.Th>
          <Table.Th>{t('media.place')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {media.map((medium) => (
          <Table.Tr key={medium.id}>
            <Table.Th scope="row">
              <Link to="/backups/media/$label" params={{ label: medium.label }}>
                {medium.label}
              </Link>{' '}
              <small>{medium.name}</small>
            </Table.Th>
            <Table.Td data-label={t('media.kind')}>{medium.generation ?? t(`media.kind.${medium.kind}`)}</Table.Td>
            <Table.Td data-label={t('media.stage')}>
              <StageBadge stage={medium.stage} />
            </Table.Td>
            <Table.Td data-label={t('media.place')}>{whereabouts(medium)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function whereabouts({ place, loan }: MediumView): string {
  if (loan !== null) return `${loan.borrower} → ${loan.dueOn}`;
  return place === null ? '–' : placeName(place);
}
