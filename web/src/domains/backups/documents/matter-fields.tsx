import { TextInput } from '@mantine/core';

import {
  auditKinds,
  type DocumentFormat,
  type DocumentKind,
  type DocumentPlan,
  type DocumentTable,
  documentFormats,
  documentKinds,
  documentTables,
} from '#backups/contract';

import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { NamedChoice } from '../../../ui/named-choice.tsx';

/** What a report is about, and its form. */
export interface Matter {
  readonly kind: DocumentKind;
  readonly format: DocumentFormat;
  readonly table: DocumentTable | 'usual';
  readonly job: string;
}

export const usualMatter: Matter = { kind: 'monthly', format: 'pdf', table: 'usual', job: '' };

/** The form that a plan without one has. */
export function plannedFormat({ kind, format }: Pick<DocumentPlan, 'kind' | 'format'>): DocumentFormat {
  return format ?? (kind === 'audit-pack' ? 'zip' : 'html');
}

export function matterOf(plan: DocumentPlan): Matter {
  return { kind: plan.kind, format: plannedFormat(plan), table: plan.table ?? 'usual', job: plan.job ?? '' };
}

interface MatterFieldsProps {
  readonly matter: Matter;
  readonly onChange: (matter: Matter) => void;
}

export function MatterFields({ matter, onChange }: MatterFieldsProps) {
  const { t } = useTexts();
  const mayAudit = useMay('audit:read');
  const { kind, format, table, job } = matter;
  const isPack = kind === 'audit-pack';
  return (
    <>
      <NamedChoice
        label={t('documents.kind')}
        value={kind}
        values={documentKinds.filter((one) => mayAudit || !auditKinds.includes(one))}
        nameOf={(one) => t(`documents.choice.${one}`)}
        onChange={(wanted) => onChange({ ...matter, kind: wanted, format: formatFor(wanted, format) })}
      />
      {!isPack && (
        <NamedChoice
          label={t('documents.format')}
          value={format}
          values={documentFormats.filter((one) => one !== 'zip')}
          nameOf={(one) => t(`documents.choice.${one}`)}
          onChange={(wanted) => onChange({ ...matter, format: wanted })}
        />
      )}
      {format === 'csv' && (
        <NamedChoice
          label={t('documents.table')}
          value={table}
          values={['usual', ...documentTables]}
          nameOf={(one) => t(`documents.table.${one}`)}
          onChange={(wanted) => onChange({ ...matter, table: wanted })}
        />
      )}
      {!isPack && (
        <TextInput
          label={t('documents.job')}
          description={t('documents.job-lead')}
          required={kind === 'job'}
          value={job}
          onChange={(event) => onChange({ ...matter, job: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function formatFor(kind: DocumentKind, format: DocumentFormat): DocumentFormat {
  if (kind === 'audit-pack') return 'zip';
  return format === 'zip' ? 'pdf' : format;
}

/** As the contract takes it. */
export function matterBody({ kind, format, table, job }: Matter) {
  return {
    kind,
    format,
    ...(format === 'csv' && table !== 'usual' ? { table } : {}),
    ...(job.trim() === '' ? {} : { job: job.trim() }),
  };
}
