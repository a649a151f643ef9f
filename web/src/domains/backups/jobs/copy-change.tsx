import { Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import {
  type CopyChange,
  type CopyView,
  changeBackupCopy,
  copyRoles,
  readBackupJob,
  readBackupStatus,
  readJobStatus,
} from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { FormButtons } from '../../../ui/form-buttons.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { CopyPlaceFields } from './copy-place-fields.tsx';

interface CopyChangeProps {
  readonly copy: CopyView;
}

/** What is registered of a copy, to be put right; what lies there stays as it is. */
export function CopyChangeAction({ copy }: CopyChangeProps) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  if (open) return <CopyChangeForm copy={copy} onDone={() => setOpen(false)} />;
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => setOpen(true)}
      aria-label={t('register.copy.change', { copy: copy.name })}
    >
      {t('register.edit')}
    </Button>
  );
}

function CopyChangeForm({ copy, onDone }: CopyChangeProps & { readonly onDone: () => void }) {
  const { t } = useTexts();
  const { name, role, site, media, rotationDays, provider, passphraseFile, lockedUntil, enabled } = copy;
  const [draft, setDraft] = useState({ name, role, site, media, rotationDays, provider, passphraseFile, enabled });
  const [locked, setLocked] = useState(lockedUntil === null ? '' : lockedUntil.slice(0, 10));
  const save = useRouteMutation(changeBackupCopy, {
    stales: [readBackupJob, readBackupStatus, readJobStatus],
    onSuccess: () => {
      notifications.show({ message: t('register.saved') });
      onDone();
    },
  });
  function set(change: Partial<typeof draft>): void {
    setDraft({ ...draft, ...change });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    const body: CopyChange = { ...draft, ...lockChange(copy, locked) };
    save.mutate({ params: { key: copy.job, copy: name }, body });
  }
  return (
    <form onSubmit={submit} className="k-register-form" aria-label={t('register.copy.change', { copy: name })}>
      {save.isError && <ProblemNotice error={save.error} />}
      <div className="k-register-fields">
        <TextInput
          label={t('register.copy.name')}
          value={draft.name}
          maxLength={63}
          required
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label={t('register.copy.role')}
          data={copyRoles.map((one) => ({ value: one, label: t(`register.copy.role.${one}`) }))}
          value={draft.role}
          allowDeselect={false}
          onChange={(chosen) => set({ role: copyRoles.find((one) => one === chosen) ?? role })}
        />
        <CopyPlaceFields place={draft} onChange={set} />
        <NumberInput
          label={t('register.copy.rotation-days')}
          description={t('register.copy.rotation-days.note')}
          value={draft.rotationDays ?? ''}
          min={1}
          max={3650}
          allowDecimal={false}
          onChange={(days) => set({ rotationDays: days === '' ? null : Number(days) })}
        />
        <TextInput
          type="date"
          label={t('register.copy.locked-until')}
          description={t('register.copy.locked-until.note')}
          value={locked}
          onChange={(event) => setLocked(event.currentTarget.value)}
        />
      </div>
      <Checkbox
        label={t('register.copy.enabled')}
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
      <FormButtons label={t('register.save')} busy={save.isPending} onCancel={onDone} />
    </form>
  );
}

/** A day that was left alone keeps its time of day. */
function lockChange({ lockedUntil }: CopyView, day: string): Pick<CopyChange, 'lockedUntil'> {
  if (day === (lockedUntil?.slice(0, 10) ?? '')) return {};
  return { lockedUntil: day === '' ? null : `${day}T00:00:00.000Z` };
}
