import '../../../ui/stacking-table.css';

import { Button, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import type { RunResult, RunView } from '#backups/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { ReportDetails } from './report-details.tsx';

const tones: Readonly<Record<RunResult, Tone>> = {
  running: 'info',
  success: 'ok',
  partial: 'warn',
  failed: 'bad',
  interrupted: 'warn',
};

export function RunTable({ runs }: { readonly runs: readonly RunView[] }) {
  const { t } = useTexts();
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('backups.runs.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('backups.runs.copy')}</Table.Th>
          <Table.Th>{t('backups.runs.began')}</Table.Th>
          <Table.Th>{t('backups.runs.took')}</Table.Th>
          <Table.Th>{t('backups.runs.result')}</Table.Th>
          <Table.Th>{t('backups.runs.size')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function RunRow({ run }: { readonly run: RunView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { job, copy, startedAt, endedAt, result, bytes, files, error } = run;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Link to="/backups/jobs/$key" params={{ key: job }}>
          {job}/{copy}
        </Link>
      </Table.Th>
      <Table.Td data-label={t('backups.runs.began')}>
        <Moment at={startedAt} />
      </Table.Td>
      <Table.Td data-label={t('backups.runs.took')}>
        {endedAt === null ? '–' : format.clock(Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000))}
      </Table.Td>
      <Table.Td data-label={t('backups.runs.result')}>
        <StateBadge tone={tones[result]} label={t(`backups.runs.${result}`)} />
        {error !== null && <p className="k-proof-findings">{error.text}</p>}
        {run.reported && <Told run={run} />}
      </Table.Td>
      <Table.Td data-label={t('backups.runs.size')}>
        {bytes === 0 && files === 0
          ? '–'
          : t('backups.runs.amount', { bytes: format.bytes(bytes), files: format.number(files) })}
      </Table.Td>
    </Table.Tr>
  );
}

/** What the other program said is asked for when somebody wants to see it. */
function Told({ run }: { readonly run: RunView }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  if (open) return <ReportDetails runId={run.id} />;
  const name = t('backups.runs.report.of', { copy: `${run.job}/${run.copy}` });
  return (
    <Button size="compact-xs" variant="default" mt="xs" onClick={() => setOpen(true)} aria-label={name}>
      {t('backups.runs.report')}
    </Button>
  );
}
