import './settings-page.css';

import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useId, useState } from 'react';

import { changeSetting, listSettings, resetSetting, type Setting } from '#platform/operations/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { SettingsTransfer } from './settings-transfer.tsx';
import { spelled } from './spelled.ts';

export function SettingsPage() {
  const { t } = useTexts();
  const [filter, setFilter] = useState('');
  const query = useRouteQuery(listSettings);
  const may = useMay('system:configure');
  return (
    <>
      <PageHeader title={t('settings.title')} lead={t('settings.lead')} />
      <TextInput
        label={t('settings.filter')}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        mb="md"
        maw={360}
      />
      <QueryView query={query}>
        {({ items }) => <SettingList items={items.filter((item) => says(item, filter))} />}
      </QueryView>
      {may && <SettingsTransfer />}
    </>
  );
}

function says({ key, description }: Setting, filter: string): boolean {
  return `${key} ${description}`.toLowerCase().includes(filter.trim().toLowerCase());
}

function SettingList({ items }: { readonly items: readonly Setting[] }) {
  const { t } = useTexts();
  if (items.length === 0) return <EmptyNote title={t('settings.none')} />;
  return (
    <ul className="k-plain-list k-settings k-card">
      {items.map((setting) => (
        <li key={setting.key}>
          <div>
            <h2 className="k-mono">{setting.key}</h2>
            <p>{setting.description}</p>
          </div>
          <SettingValue setting={setting} />
        </li>
      ))}
    </ul>
  );
}

function SettingValue({ setting }: { readonly setting: Setting }) {
  const { t } = useTexts();
  const [editing, setEditing] = useState(false);
  const may = useMay('system:configure');
  if (editing) return <SettingForm setting={setting} onDone={() => setEditing(false)} />;
  return (
    <div className="k-setting-value">
      <span className="k-mono">{setting.value === null ? t('settings.unset') : spelled(setting.value)}</span>
      <small title={setting.source}>{t(`settings.origin.${setting.origin.replace(' ', '-') as Origin}`)}</small>
      {setting.changeable && may && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => setEditing(true)}
          aria-label={`${t('settings.change')} ${setting.key}`}
        >
          {t('settings.change')}
        </Button>
      )}
      {setting.changeable && setting.origin === 'settings' && may && <Reset setting={setting} />}
    </div>
  );
}

/** Gives up what was set here. */
function Reset({ setting: { key } }: { readonly setting: Setting }) {
  const { t } = useTexts();
  const reset = useRouteMutation(resetSetting, { stales: [listSettings] });
  return (
    <ConfirmAction
      label={t('settings.reset')}
      name={`${t('settings.reset')} ${key}`}
      question={t('settings.reset.question', { key })}
      consequence={t('settings.reset.consequence')}
      tone="warn"
      mutation={reset}
      onConfirm={(done) => reset.mutate({ params: { key } }, { onSuccess: done })}
    />
  );
}

type Origin = 'command-line' | Exclude<Setting['origin'], 'command line'>;

interface SettingFormProps {
  readonly setting: Setting;
  readonly onDone: () => void;
}

/** The server knows each setting's schema; it takes text and says what it cannot take. */
function SettingForm({ setting, onDone }: SettingFormProps) {
  const { t } = useTexts();
  const id = useId();
  const [text, setText] = useState(setting.value === null ? '' : spelled(setting.value));
  const change = useRouteMutation(changeSetting, {
    stales: [listSettings],
    onSuccess: () => {
      notifications.show({ message: t('settings.changed', { key: setting.key }) });
      onDone();
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    change.mutate({ params: { key: setting.key }, body: { value: text } });
  }
  return (
    <form onSubmit={submit} className="k-setting-form">
      <TextInput
        id={id}
        aria-label={setting.key}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={change.isPending}>
        {t('settings.save')}
      </Button>
      <Button size="xs" variant="default" onClick={onDone}>
        {t('settings.cancel')}
      </Button>
      {change.isError && <ProblemNotice error={change.error} />}
    </form>
  );
}
