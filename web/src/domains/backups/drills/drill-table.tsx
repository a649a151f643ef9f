import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { DrillView } from '#backups/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { drillTones } from './drill-tones.ts';

export function DrillTable({ drills }: { readonly drills: readonly DrillView[] }) {
  const { t } = useTexts();
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('backups.drills.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('backups.proof.when')}</Table.Th>
          <Table.Th>{t('backups.proof.what')}</Table.Th>
          <Table.Th>{t('backups.proof.result')}</Table.Th>
          <Table.Th>{t('backups.proof.files')}</Table.Th>
          <Table.Th>{t('backups.proof.rto')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {drills.map((drill) => (
          <DrillRow key={drill.id} drill={drill} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function DrillRow({ drill }: { readonly drill: DrillView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { id, job, copy, kind, result, startedAt, filesTotal, filesFailed, bytes, rtoSeconds, progress, mode } = drill;
  const files = progress?.files ?? filesTotal;
  const size = progress?.bytes ?? bytes;
  return (
    <Table.Tr>
      <Table.Td data-label={t('backups.proof.when')}>
        <Moment at={startedAt} />
      </Table.Td>
      <Table.Th scope="row">
        <Link to="/backups/drills/$id" params={{ id }}>
          {job}
          {copy === null ? '' : `/${copy}`}
        </Link>{' '}
        <small>
          {t(`backups.drill.kind.${kind}`)}
          {mode === 'manual' && `, ${t('backups.drill.by-hand')}`}
        </small>
      </Table.Th>
      <Table.Td data-label={t('backups.proof.result')}>
        <StateBadge tone={drillTones[result]} label={t(`backups.drill.${result}`)} />
      </Table.Td>
      <Table.Td data-label={t('backups.proof.files')}>
        {t('backups.drill.files', {
          files: format.number(files),
          bytes: format.bytes(size),
          failed: format.number(filesFailed),
        })}
      </Table.Td>
      <Table.Td data-label={t('backups.proof.rto')}>
        {rtoSeconds === null ? '–' : format.clock(Math.ceil(rtoSeconds))}
      </Table.Td>
    </Table.Tr>
  );
}
