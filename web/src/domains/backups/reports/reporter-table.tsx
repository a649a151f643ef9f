import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';

import { forgetReporter, listReporters, type ReporterView } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';

interface ReporterTableProps {
  readonly reporters: readonly ReporterView[];
  readonly mayChange: boolean;
}

export function ReporterTable({ reporters, mayChange }: ReporterTableProps) {
  const { t } = useTexts();
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('backups.reporters.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('backups.reporters.name')}</Table.Th>
          <Table.Th>{t('backups.reports.tool')}</Table.Th>
          <Table.Th>{t('backups.reporters.seen')}</Table.Th>
          <Table.Th>{t('backups.reporters.state')}</Table.Th>
          <Table.Th>{t('backups.reporters.waiting')}</Table.Th>
          {mayChange && <Table.Th>{t('backups.reporters.actions')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {reporters.map((one) => (
          <ReporterRow key={one.reporter} one={one} mayChange={mayChange} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ReporterRow({ one, mayChange }: { readonly one: ReporterView; readonly mayChange: boolean }) {
  const { t } = useTexts();
  const format = useFormat();
  const { reporter, tool, lastSeenAt, silentSince, waiting } = one;
  const state = silentSince === null ? 'heard' : 'silent';
  return (
    <Table.Tr>
      <Table.Th scope="row">{reporter}</Table.Th>
      <Table.Td data-label={t('backups.reports.tool')}>{tool}</Table.Td>
      <Table.Td data-label={t('backups.reporters.seen')}>
        <Moment at={lastSeenAt} />
      </Table.Td>
      <Table.Td data-label={t('backups.reporters.state')}>
        <StateBadge tone={state === 'heard' ? 'ok' : 'bad'} label={t(`backups.reporters.${state}`)} />
      </Table.Td>
      <Table.Td data-label={t('backups.reporters.waiting')}>{format.number(waiting)}</Table.Td>
      {mayChange && (
        <Table.Td data-label={t('backups.reporters.actions')}>
          <Forget reporter={reporter} />
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function Forget({ reporter }: { readonly reporter: string }) {
  const { t } = useTexts();
  const forget = useRouteMutation(forgetReporter, { stales: [listReporters] });
  return (
    <ConfirmAction
      label={t('backups.reporters.forget')}
      name={t('backups.reporters.forget.of', { reporter })}
      question={t('backups.reporters.forget.question', { reporter })}
      consequence={t('backups.reporters.forget.consequence')}
      tone="warn"
      mutation={forget}
      onConfirm={(done) => forget.mutate({ params: { reporter } }, { onSuccess: done })}
    />
  );
}
