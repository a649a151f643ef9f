import { Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import {
  addBackupCopy,
  type CopyEngine,
  copyEngines,
  type JobView,
  type MediaKind,
  type ReportedTool,
  readBackupJob,
  readBackupStatus,
  readJobStatus,
  reportedTools,
  toolNameSchema,
} from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { FormButtons } from '../../../ui/form-buttons.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { emptyToolChoice, engineSettingsOf, type ToolChoice, ToolFields } from '../tools/tool-fields.tsx';
import { CopyPlaceFields } from './copy-place-fields.tsx';

/** Registers a copy; what its repository really is, the server looks at. */
export function CopyForm({ job }: { readonly job: JobView }) {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const [open, setOpen] = useState(false);
  if (!may || job.archivedAt !== null) return null;
  return (
    <section className="k-card k-register-card" aria-labelledby="add-copy">
      <h2 id="add-copy">{t('register.copy.add')}</h2>
      {open ? (
        <Fields job={job} onDone={() => setOpen(false)} />
      ) : (
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {t('register.copy.add')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface CopyDraft {
  readonly name: string;
  readonly repository: string;
  readonly site: string;
  readonly media: MediaKind;
  readonly engine: CopyEngine;
  readonly tool: ReportedTool;
  readonly provider: string | null;
  readonly passphraseFile: string | null;
  readonly offline: boolean;
  readonly rotationDays: number;
}

const emptyCopy: CopyDraft = {
  name: '',
  repository: '',
  site: '',
  media: 'disk',
  engine: 'kura-vault',
  tool: 'other',
  provider: null,
  passphraseFile: null,
  offline: false,
  rotationDays: 30,
};

/** As the server takes it; what was left empty is not said. */
function bodyOf(copy: CopyDraft, choice: ToolChoice | undefined) {
  const { name, provider, passphraseFile, tool, ...facts } = copy;
  return {
    ...facts,
    ...(name === '' ? {} : { name }),
    ...(provider === null ? {} : { provider }),
    ...(passphraseFile === null ? {} : { passphraseFile }),
    ...(copy.engine === 'reported' ? { tool } : {}),
    ...(choice === undefined ? {} : { engineSettings: engineSettingsOf(choice) }),
  };
}

function Fields({ job, onDone }: { readonly job: JobView; readonly onDone: () => void }) {
  const { t } = useTexts();
  const [copy, setCopy] = useState(emptyCopy);
  const [choice, setChoice] = useState(emptyToolChoice);
  const tool = toolNameSchema.safeParse(copy.engine).data;
  const add = useRouteMutation(addBackupCopy, {
    stales: [readBackupJob, readBackupStatus, readJobStatus],
    onSuccess: ({ name }) => {
      notifications.show({ message: t('register.copy.added', { copy: name }) });
      onDone();
    },
  });
  function set(change: Partial<CopyDraft>): void {
    setCopy({ ...copy, ...change });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    add.mutate({ params: { key: job.key }, body: bodyOf(copy, tool === undefined ? undefined : choice) });
  }
  return (
    <form onSubmit={submit} className="k-register-form">
      {add.isError && <ProblemNotice error={add.error} />}
      <div className="k-register-fields">
        <Select
          label={t('register.copy.engine')}
          data={copyEngines.map((one) => ({ value: one, label: t(`register.engine.${one}`) }))}
          value={copy.engine}
          allowDeselect={false}
          onChange={(chosen) => set({ engine: copyEngines.find((one) => one === chosen) ?? 'kura-vault' })}
        />
        {copy.engine === 'reported' && (
          <Select
            label={t('register.copy.tool')}
            data={reportedTools.map((one) => ({ value: one, label: t(`register.tool.${one}`) }))}
            value={copy.tool}
            allowDeselect={false}
            onChange={(chosen) => set({ tool: reportedTools.find((one) => one === chosen) ?? 'other' })}
          />
        )}
        <TextInput
          label={t('register.copy.repository')}
          description={t('register.copy.repository.note')}
          value={copy.repository}
          spellCheck={false}
          required
          onChange={(event) => set({ repository: event.currentTarget.value })}
        />
        <TextInput
          label={t('register.copy.name')}
          value={copy.name}
          maxLength={63}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <CopyPlaceFields place={copy} onChange={set} />
      </div>
      {tool !== undefined && <ToolFields tool={tool} job={job} place={copy} choice={choice} onChange={setChoice} />}
      <Checkbox
        label={t('register.copy.offline')}
        checked={copy.offline}
        onChange={(event) => set({ offline: event.currentTarget.checked })}
      />
      {copy.offline && (
        <NumberInput
          label={t('register.copy.rotation-days')}
          value={copy.rotationDays}
          min={1}
          max={3650}
          allowDecimal={false}
          onChange={(days) => set({ rotationDays: Number(days) })}
        />
      )}
      <FormButtons label={t('register.copy.add')} busy={add.isPending} onCancel={onDone} />
    </form>
  );
}
