import '../../../ui/stacking-table.css';

import { Checkbox, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { ListedJob } from '#backups/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { digitNames } from '../verdict/digit-row.tsx';
import { VerdictBadge } from '../verdict/verdict-badge.tsx';

interface JobTableProps {
  readonly items: readonly ListedJob[];
  /** Keys. */
  readonly chosen?: readonly string[];
  /** Without it nothing can be chosen. */
  readonly onChoose?: (keys: readonly string[]) => void;
}

export function JobTable({ items, chosen = [], onChoose }: JobTableProps) {
  const { t } = useTexts();
  function choose(key: string, wanted: boolean): void {
    onChoose?.(wanted ? [...chosen, key] : chosen.filter((one) => one !== key));
  }
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('register.jobs')}>
      <Table.Thead>
        <Table.Tr>
          {onChoose !== undefined && (
            <Table.Th>
              <Checkbox
                aria-label={t('register.choose-all')}
                checked={items.every(({ key }) => chosen.includes(key))}
                onChange={(event) => {
                  const others = chosen.filter((one) => items.every(({ key }) => key !== one));
                  onChoose(event.currentTarget.checked ? [...others, ...items.map(({ key }) => key)] : others);
                }}
              />
            </Table.Th>
          )}
          {(['job', 'verdict', 'digits', 'copies', 'owner', 'last-run', 'schedule'] as const).map((column) => (
            <Table.Th key={column}>{t(`register.column.${column}`)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((job) => (
          <JobRow key={job.key} job={job}>
            {onChoose !== undefined && (
              <Table.Td>
                <Checkbox
                  aria-label={t('register.choose', { job: job.title })}
                  checked={chosen.includes(job.key)}
                  onChange={(event) => choose(job.key, event.currentTarget.checked)}
                />
              </Table.Td>
            )}
          </JobRow>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const signs = { pass: '✔', fail: '✖', unknown: '?' } as const;

function JobRow({ job, children }: { readonly job: ListedJob; readonly children: ReactNode }) {
  const { t } = useTexts();
  const format = useFormat();
  const { key, title, source, target, owner, verdict, schedule, copies } = job;
  const digits = verdict === null ? '–' : digitNames.map((name) => signs[verdict.digits[name]]).join('');
  const spoken =
    verdict === null
      ? undefined
      : digitNames
          .map((name) => `${t(`backups.digit.${name}`)}: ${t(`backups.digit-state.${verdict.digits[name]}`)}`)
          .join(', ');
  return (
    <Table.Tr>
      {children}
      <Table.Th scope="row">
        <Link to="/backups/jobs/$key" params={{ key }}>
          {title}
        </Link>
        <span className="k-register-name k-mono">{target === null ? source : `${target}: ${source}`}</span>
      </Table.Th>
      <Table.Td data-label={t('register.column.verdict')}>
        <JobState job={job} />
      </Table.Td>
      <Table.Td data-label={t('register.column.digits')}>
        <span className="k-register-digits" {...(spoken === undefined ? {} : { role: 'img', 'aria-label': spoken })}>
          {digits}
        </span>
      </Table.Td>
      <Table.Td data-label={t('register.column.copies')} className="k-number">
        {format.number(copies.length)}
      </Table.Td>
      <Table.Td data-label={t('register.column.owner')}>{owner ?? '–'}</Table.Td>
      <Table.Td data-label={t('register.column.last-run')}>
        {verdict === null || verdict.lastRunAt === null ? t('backups.never') : <Moment at={verdict.lastRunAt} />}
      </Table.Td>
      <Table.Td data-label={t('register.column.schedule')}>
        {schedule === null ? '–' : <span className="k-mono">{schedule.cron}</span>}
      </Table.Td>
    </Table.Tr>
  );
}

function JobState({ job: { archivedAt, verdict } }: { readonly job: ListedJob }) {
  const { t } = useTexts();
  if (archivedAt !== null) return <StateBadge tone="calm" label={t('register.archived')} />;
  return verdict === null ? <StateBadge tone="calm" label="–" /> : <VerdictBadge verdict={verdict.status} />;
}
