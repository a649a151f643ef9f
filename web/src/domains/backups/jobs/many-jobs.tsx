import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import {
  changeBackupJobs,
  exportBackupJobs,
  type JobAction,
  type JobQuery,
  jobActions,
  listBackupJobs,
  type ManyJobsReport,
  readBackupStatus,
} from '#backups/contract';

import { api } from '../../../lib/api.ts';
import { useRouteMutation } from '../../../lib/route-query.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

interface ManyJobsProps {
  /** Keys of the jobs that were chosen. */
  readonly chosen: readonly string[];
  readonly onDone: () => void;
}

/** Something done to the chosen jobs, tried out first. */
export function ManyJobs({ chosen, onDone }: ManyJobsProps) {
  const { t } = useTexts();
  const mayArchive = useMay('system:configure');
  const [action, setAction] = useState<JobAction>('pause');
  const [reason, setReason] = useState('');
  const change = useRouteMutation(changeBackupJobs, { stales: [listBackupJobs, readBackupStatus] });
  const offered = jobActions.filter((one) => mayArchive || one === 'pause' || one === 'resume');
  const report = change.data;
  const why = reason.trim();
  const tried = change.variables?.body;
  // A trial speaks of the jobs and the reason it was made with, not of those given since.
  const isOfThese = tried?.keys.join() === chosen.join() && (tried.reason ?? '') === why;
  const isTried = report !== undefined && !report.applied && isOfThese;
  function send(dryRun: boolean): void {
    const body = { keys: [...chosen], action, dryRun, ...(why === '' ? {} : { reason: why }) };
    change.mutate({ body });
  }
  return (
    <section className="k-card k-register-card" aria-labelledby="many-jobs">
      <h2 id="many-jobs">{t('register.many', { count: chosen.length })}</h2>
      <Group gap="xs" align="end">
        <NativeSelect
          label={t('register.many.action')}
          value={action}
          data={offered.map((one) => ({ value: one, label: t(`register.many.${one}`) }))}
          onChange={(event) => {
            change.reset();
            setAction(offered.find((one) => one === event.currentTarget.value) ?? 'pause');
          }}
        />
        <TextInput
          label={t('register.many.reason')}
          required={action === 'archive'}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          variant="default"
          loading={change.isPending}
          disabled={action === 'archive' && why === ''}
          onClick={() => send(true)}
        >
          {t('register.many.try')}
        </Button>
        <Button loading={change.isPending} disabled={!isTried || report.changed === 0} onClick={() => send(false)}>
          {t('register.many.apply')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('register.many.clear')}
        </Button>
      </Group>
      {change.isError && <ProblemNotice error={change.error} />}
      {report !== undefined && <Told report={report} />}
    </section>
  );
}

function Told({ report }: { readonly report: ManyJobsReport }) {
  const { t } = useTexts();
  const { applied, changed, unchanged, refused, rows } = report;
  const title = t(applied ? 'register.many.done' : 'register.many.would', { changed, unchanged, refused });
  return (
    <Notice tone={refused > 0 ? 'warn' : 'ok'} title={title} role="status">
      <ul>
        {rows.map(({ key, outcome, problem }) => (
          <li key={key}>
            <span className="k-mono">{key}</span> {t(`register.import.${outcome}`)}
            {problem !== null && `: ${problem.text}`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

type JobFilters = Partial<Pick<JobQuery, 'q' | 'verdict' | 'state' | 'order'>>;

const files = [
  { format: 'csv', name: 'kura-jobs.csv', mediaType: 'text/csv;charset=utf-8' },
  { format: 'json', name: 'kura-jobs.jsonl', mediaType: 'application/jsonl' },
] as const;

/** What the filters show, all of it, as a file. */
export function ExportJobs({ query }: { readonly query: JobFilters }) {
  const { t } = useTexts();
  const save = useMutation({
    mutationFn: async (file: (typeof files)[number]) => saveFile(file, await partsOf(query, file.format)),
  });
  return (
    <Group gap="xs">
      {files.map((file) => (
        <Button
          key={file.format}
          size="compact-sm"
          variant="default"
          loading={save.isPending && save.variables.format === file.format}
          onClick={() => save.mutate(file)}
        >
          {t(`register.export.${file.format}`)}
        </Button>
      ))}
      {save.isError && <ProblemNotice error={save.error} />}
    </Group>
  );
}

async function partsOf(query: JobFilters, format: 'csv' | 'json'): Promise<readonly string[]> {
  const parts: string[] = [];
  let offset: number | undefined = 0;
  while (offset !== undefined) {
    const part: { readonly text: string; readonly nextOffset?: number | undefined } = await api.call(exportBackupJobs, {
      query: { ...query, format, offset },
    });
    parts.push(part.text);
    offset = part.nextOffset;
  }
  return parts;
}
