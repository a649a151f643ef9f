import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { CopyStatus, RunView, VerificationView } from '#backups/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

export function CopyTable({ copies }: { readonly copies: readonly CopyStatus[] }) {
  const { t } = useTexts();
  if (copies.length === 0) return <p className="k-job-meta">{t('backups.no-copies')}</p>;
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('backups.copies')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('backups.copy')}</Table.Th>
          <Table.Th>{t('backups.place')}</Table.Th>
          <Table.Th>{t('backups.reachable')}</Table.Th>
          <Table.Th>{t('backups.last-run')}</Table.Th>
          <Table.Th>{t('backups.last-verification')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {copies.map((copy) => (
          <CopyRow key={copy.id} copy={copy} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function CopyRow({ copy }: { readonly copy: CopyStatus }) {
  const { t } = useTexts();
  const medium = `${t(`backups.media.${copy.media}`)}, ${t(`backups.connectivity.${copy.connectivity}`)}`;
  return (
    <Table.Tr>
      <Table.Th scope="row" className="k-copy-name">
        {copy.name}
        <span className="k-mono">{copy.repository}</span>
      </Table.Th>
      <Table.Td data-label={t('backups.place')}>
        <span>
          {copy.site} <small>({medium})</small>
        </span>
      </Table.Td>
      <Table.Td data-label={t('backups.reachable')}>
        <StateBadge tone={copy.reachable ? 'ok' : 'calm'} label={t(`backups.carrier.${copy.carrier}`)} />
        {copy.medium !== null && (
          <span>
            <Link to="/backups/media/$label" params={{ label: copy.medium.label }}>
              {copy.medium.label}
            </Link>{' '}
            <small>{copy.medium.place}</small>
          </span>
        )}
      </Table.Td>
      <Table.Td data-label={t('backups.last-run')}>
        {copy.lastRun === null ? t('backups.never') : <Run run={copy.lastRun} />}
      </Table.Td>
      <Table.Td data-label={t('backups.last-verification')}>
        {copy.lastVerification === null ? t('backups.never') : <Verification verification={copy.lastVerification} />}
      </Table.Td>
    </Table.Tr>
  );
}

const runTones: Readonly<Record<RunView['result'], Tone>> = {
  running: 'info',
  success: 'ok',
  partial: 'warn',
  failed: 'bad',
  interrupted: 'bad',
};

function Run({ run }: { readonly run: RunView }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <span className="k-event">
      <StateBadge tone={runTones[run.result]} label={t(`backups.run.${run.result}`)} />
      <Moment at={run.endedAt ?? run.startedAt} />
      <small>
        {t('backups.run.size', {
          files: format.number(run.files),
          bytes: format.bytes(run.bytes),
          added: format.bytes(run.newBytes),
        })}
      </small>
      {run.error !== null && <small>{run.error.text}</small>}
    </span>
  );
}

const verificationTones: Readonly<Record<VerificationView['result'], Tone>> = {
  running: 'info',
  passed: 'ok',
  failed: 'bad',
  interrupted: 'bad',
};

function Verification({ verification }: { readonly verification: VerificationView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { result, kind, endedAt, startedAt, objects, bytes, errors, error } = verification;
  return (
    <span className="k-event">
      <StateBadge tone={verificationTones[result]} label={t(`backups.verification.${result}`)} />
      <Moment at={endedAt ?? startedAt} />
      <small>
        {t(`backups.kind.${kind}`)}:{' '}
        {t('backups.verification.size', {
          objects: format.number(objects),
          bytes: format.bytes(bytes),
          errors: format.number(errors),
        })}
      </small>
      {error !== null && <small>{error.text}</small>}
    </span>
  );
}
