import { NativeSelect } from '@mantine/core';

import { listBackupJobs } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';

interface JobChoiceProps {
  readonly value: string;
  readonly onChange: (job: string) => void;
  /** Whether no job at all may be chosen. */
  readonly all?: boolean;
}

/** As many as one answer holds. */
const most = 2000;

export function JobChoice({ value, onChange, all = false }: JobChoiceProps) {
  const { t } = useTexts();
  const jobs = useRouteQuery(listBackupJobs, { query: { order: 'title', limit: most } }).data?.items ?? [];
  const first = { value: '', label: t(all ? 'backups.proof.all-jobs' : 'backups.proof.choose-job') };
  return (
    <NativeSelect
      label={t('backups.proof.job')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        first,
        ...jobs.map(({ key, title }) => ({ value: key, label: title === key ? key : `${title} (${key})` })),
      ]}
      required={!all}
    />
  );
}
