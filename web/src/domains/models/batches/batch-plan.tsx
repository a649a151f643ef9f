import '../../../ui/stacking-table.css';

import { Checkbox, Table } from '@mantine/core';
import type { ReactNode } from 'react';

import type { BatchPlanView, PlannedFileView } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { RiskReason } from '../downloads/risk-reason.tsx';
import type { BatchDraft } from './batch-draft.ts';

/** Rows on screen; the rest are counted. */
const shownRows = 100;

type Consents = Pick<BatchDraft, 'acceptRisk' | 'acceptLikeness' | 'riskReason'>;

interface BatchPlanProps {
  readonly plan: BatchPlanView;
  readonly draft: Consents;
  readonly onConsent: (consent: Partial<Consents>) => void;
  readonly start: ReactNode;
}

/** What would happen, what it takes, and what needs a person's word. */
export function BatchPlan({ plan, draft, onConsent, start }: BatchPlanProps) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <section className="k-card k-batch-plan" aria-label={t('models.batch.plan.title')}>
      <h2>{t('models.batch.plan.title')}</h2>
      <Facts
        facts={[
          { term: t('models.batch.plan.files'), value: format.number(plan.files) },
          { term: t('models.batch.plan.bytes'), value: format.bytes(plan.totalBytes) },
          { term: t('models.batch.plan.free'), value: format.bytes(plan.freeBytes) },
          { term: t('models.batch.plan.reserve'), value: format.bytes(plan.reserveBytes) },
          { term: t('models.batch.plan.skipped'), value: format.number(plan.skipped) },
          { term: t('models.batch.plan.failed'), value: format.number(plan.failed) },
        ]}
      />
      {!plan.fits && <Notice tone="bad" role="alert" title={t('models.batch.plan.too-big')} />}
      {plan.unknownSizes > 0 && (
        <Notice tone="info" title={t('models.batch.plan.unknown-sizes', { count: plan.unknownSizes })} />
      )}
      {plan.unresolved > 0 && (
        <Notice tone="info" title={t('models.batch.plan.unresolved', { count: plan.unresolved })} />
      )}
      <BadLines plan={plan} />
      <Licences plan={plan} />
      <ConsentBoxes plan={plan} draft={draft} onConsent={onConsent} />
      <PlannedFiles items={plan.items} files={plan.files} />
      {start}
    </section>
  );
}

function BadLines({ plan: { badLines } }: { readonly plan: BatchPlanView }) {
  const { t } = useTexts();
  if (badLines.length === 0) return null;
  return (
    <Notice tone="warn" title={t('models.batch.plan.bad-lines', { count: badLines.length })}>
      <ul>
        {badLines.slice(0, shownRows).map(({ line, reason }) => (
          <li key={line}>{t('models.batch.plan.bad-line', { line, reason: reason.message })}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Licences({ plan: { licences } }: { readonly plan: BatchPlanView }) {
  const { t } = useTexts();
  if (licences.length === 0) return null;
  return (
    <div>
      <h3>{t('models.batch.plan.licences')}</h3>
      <ul>
        {licences.map(({ terms, files }) => (
          <li key={terms}>
            {terms} – {t('models.batch.plan.of-files', { count: files })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One word for real people, one for files that can run code; without it those files are left out with the reason. */
function ConsentBoxes({ plan: { consents }, draft, onConsent }: Omit<BatchPlanProps, 'start'>) {
  const { t } = useTexts();
  const asked = consents.filter(({ given }) => !given);
  const likeness = asked.filter(({ kind }) => kind === 'likeness').reduce((sum, { files }) => sum + files, 0);
  const risk = asked.filter(({ kind }) => kind !== 'likeness').reduce((sum, { files }) => sum + files, 0);
  if (likeness + risk === 0) return null;
  return (
    <div>
      <h3>{t('models.batch.plan.consents')}</h3>
      {likeness > 0 && (
        <Checkbox
          label={t('models.batch.consent.likeness', { count: likeness })}
          description={t('models.likeness.consequence')}
          checked={draft.acceptLikeness}
          onChange={(event) => onConsent({ acceptLikeness: event.currentTarget.checked })}
        />
      )}
      {risk > 0 && (
        <Checkbox
          label={t('models.batch.consent.risk', { count: risk })}
          description={t('models.restore.consequence')}
          checked={draft.acceptRisk}
          onChange={(event) => onConsent({ acceptRisk: event.currentTarget.checked })}
        />
      )}
      {risk > 0 && draft.acceptRisk && (
        <RiskReason value={draft.riskReason} onChange={(riskReason) => onConsent({ riskReason })} />
      )}
    </div>
  );
}

interface PlannedFilesProps {
  readonly items: readonly PlannedFileView[];
  readonly files: number;
}

function PlannedFiles({ items, files }: PlannedFilesProps) {
  const { t } = useTexts();
  const format = useFormat();
  const rows = items.slice(0, shownRows);
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>{t('models.batch.plan.list')}</summary>
      <Table className="k-stacking" verticalSpacing="xs" aria-label={t('models.batch.plan.list')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('models.column.file')}</Table.Th>
            <Table.Th>{t('models.column.state')}</Table.Th>
            <Table.Th>{t('models.size')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((item) => (
            <Table.Tr key={`${item.ref} ${item.fileId}`}>
              <Table.Th scope="row">
                {item.name ?? item.ref}
                {item.path !== null && <div className="k-mono k-batch-path">{item.path}</div>}
              </Table.Th>
              <Table.Td data-label={t('models.column.state')}>
                {item.reason?.message ?? t(`models.batch.plan.action.${item.action}`)}
                {item.siteFault !== undefined && (
                  <div>{t('models.batch.plan.mirrors-only', { reason: item.siteFault.message })}</div>
                )}
              </Table.Td>
              <Table.Td data-label={t('models.size')} className="k-number">
                {item.sizeBytes === null ? '–' : format.bytes(item.sizeBytes)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {files > rows.length && (
        <p className="k-batch-reason">{t('models.batch.plan.more', { count: files - rows.length })}</p>
      )}
    </details>
  );
}
