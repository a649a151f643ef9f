import '../../../ui/stacking-table.css';

import { Button, FileInput, Group, Table } from '@mantine/core';
import { useState } from 'react';

import {
  exportSettings,
  type ImportedSettings,
  importSettings,
  listSettings,
  settingsFileSchema,
} from '#platform/operations/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { saveJson } from '../../../lib/save-file.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { spelled } from './spelled.ts';

/** What was set here, to keep or to take along; what a file would change is shown before anything does. */
export function SettingsTransfer() {
  const { t } = useTexts();
  const [file, setFile] = useState<File | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const download = useRouteMutation(exportSettings, {
    onSuccess: (settings) => saveJson('kura-settings.json', settings),
  });
  const run = useRouteMutation(importSettings, { stales: [listSettings] });
  async function send(dryRun: boolean): Promise<void> {
    if (file === null) return;
    const settings = readSettings(await file.text());
    setUnreadable(settings === undefined);
    if (settings !== undefined) run.mutate({ body: { settings, dryRun } });
  }
  const report = run.data;
  const ready = report !== undefined && !report.applied && report.rows.every(({ outcome }) => outcome !== 'refused');
  return (
    <section className="k-card k-settings-transfer" aria-labelledby="settings-transfer">
      <h2 id="settings-transfer">{t('settings.transfer')}</h2>
      <p>{t('settings.transfer.lead')}</p>
      <Group gap="xs" align="end">
        <Button variant="default" loading={download.isPending} onClick={() => download.mutate({})}>
          {t('settings.export')}
        </Button>
        <FileInput
          label={t('settings.import.file')}
          placeholder={t('settings.import.choose')}
          accept=".json,application/json"
          value={file}
          clearable
          miw={220}
          onChange={(chosen) => {
            run.reset();
            setUnreadable(false);
            setFile(chosen);
          }}
        />
        <Button variant="default" disabled={file === null} loading={run.isPending} onClick={() => void send(true)}>
          {t('settings.import.try')}
        </Button>
        <Button disabled={!ready} loading={run.isPending} onClick={() => void send(false)}>
          {t('settings.import.apply')}
        </Button>
      </Group>
      {unreadable && <Notice tone="bad" title={t('settings.import.unreadable')} role="alert" />}
      {download.isError && <ProblemNotice error={download.error} />}
      {run.isError && <ProblemNotice error={run.error} />}
      {report !== undefined && <Report report={report} />}
    </section>
  );
}

function readSettings(text: string) {
  try {
    return settingsFileSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const tones: Readonly<Record<ImportedSettings['rows'][number]['outcome'], Tone>> = {
  changed: 'info',
  unchanged: 'calm',
  refused: 'bad',
};

function Report({ report }: { readonly report: ImportedSettings }) {
  const { t } = useTexts();
  const { applied, rows, undo } = report;
  const refused = rows.some(({ outcome }) => outcome === 'refused');
  const title = t(applied ? 'settings.import.done' : 'settings.import.would');
  return (
    <>
      <Notice tone={refused ? 'bad' : 'ok'} title={title} role="status">
        {applied && (
          <Button size="compact-sm" variant="default" onClick={() => saveJson('kura-settings-before.json', undo)}>
            {t('settings.import.undo')}
          </Button>
        )}
      </Notice>
      <Table className="k-stacking" verticalSpacing="xs" aria-label={title}>
        <Table.Tbody>
          {rows.map(({ key, outcome, before, after, problem }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">{key}</Table.Th>
              <Table.Td>
                <StateBadge tone={tones[outcome]} label={t(`settings.import.${outcome}`)} />
              </Table.Td>
              <Table.Td>{problem ?? `${spelled(before)} → ${spelled(after)}`}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
