import '../../../ui/stacking-table.css';

import { Button, FileInput, Group, Table } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { type ImportReport, importBackupJobs, listBackupJobs } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const columns =
  'key,title,description,source,target,site,kind,owner,criticality,dataClass,tags,rpoMinutes,rtoMinutes,retentionDays,policy,everyHours,verifyEveryDays';

/** Tried out first: what would happen is shown row by row before anything does. */
export function ImportSection() {
  const { t } = useTexts();
  const [file, setFile] = useState<File | null>(null);
  const run = useRouteMutation(importBackupJobs, { stales: [listBackupJobs] });
  async function send(dryRun: boolean): Promise<void> {
    if (file === null) return;
    const text = await file.text();
    run.mutate({ body: { format: /\.jsonl?$/i.test(file.name) ? 'json' : 'csv', text, dryRun } });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    void send(true);
  }
  const report = run.data;
  const ready = report !== undefined && !report.applied && report.refused === 0;
  return (
    <section className="k-card k-register-card" aria-labelledby="register-import">
      <h2 id="register-import">{t('register.import')}</h2>
      <p>{t('register.import.lead')}</p>
      <code className="k-mono k-register-name">{columns}</code>
      <form onSubmit={submit} className="k-register-form">
        <FileInput
          label={t('register.import.file')}
          placeholder={t('register.import.choose')}
          accept=".csv,.json,.jsonl,text/csv,application/json"
          value={file}
          clearable
          onChange={(chosen) => {
            run.reset();
            setFile(chosen);
          }}
        />
        <Group gap="xs">
          <Button type="submit" variant="default" disabled={file === null} loading={run.isPending}>
            {t('register.import.try')}
          </Button>
          <Button disabled={!ready} loading={run.isPending} onClick={() => void send(false)}>
            {t('register.import.apply')}
          </Button>
        </Group>
      </form>
      {run.isError && <ProblemNotice error={run.error} />}
      {report !== undefined && <Report report={report} />}
    </section>
  );
}

const tones: Readonly<Record<ImportReport['rows'][number]['outcome'], Tone>> = {
  created: 'ok',
  changed: 'info',
  unchanged: 'calm',
  refused: 'bad',
};

function Report({ report }: { readonly report: ImportReport }) {
  const { t } = useTexts();
  const { created, changed, unchanged, refused } = report;
  const title = t(report.applied ? 'register.import.done' : 'register.import.would');
  return (
    <>
      <Notice tone={refused > 0 ? 'bad' : 'ok'} title={title} role="status">
        <p>{t('register.import.counts', { created, changed, unchanged, refused })}</p>
      </Notice>
      <Table className="k-stacking" verticalSpacing="xs" aria-label={title}>
        <Table.Tbody>
          {report.rows.map(({ row, key, outcome, changes, problems }) => (
            <Table.Tr key={row}>
              <Table.Th scope="row">
                {row} {key ?? '–'}
              </Table.Th>
              <Table.Td>
                <StateBadge tone={tones[outcome]} label={t(`register.import.${outcome}`)} />
              </Table.Td>
              <Table.Td>{[...changes, ...problems.map(({ text }) => text)].join('; ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
