import { Checkbox, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import {
  listBackupProviders,
  mediaKinds,
  type ProviderLogin,
  type ProviderView,
  putBackupProvider,
} from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { FormButtons } from '../../../ui/form-buttons.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

interface ProviderFormProps {
  /** Null for a new one. */
  readonly provider: ProviderView | null;
  readonly onDone: () => void;
}

const logins = ['accessKeyId', 'secretAccessKey', 'password', 'privateKeyFile', 'passphrase'] as const;

function formOf(provider: ProviderView | null) {
  return {
    title: provider?.title ?? '',
    address: provider?.address ?? '',
    site: provider?.site ?? 'main',
    media: provider?.media ?? 'disk',
    warnPercent: provider?.warnPercent ?? 80,
    active: provider?.active ?? true,
    loginEndsOn: provider?.loginEndsOn ?? '',
  };
}

export function ProviderForm({ provider, onDone }: ProviderFormProps) {
  const { t } = useTexts();
  const [key, setKey] = useState(provider?.key ?? '');
  const [form, setForm] = useState(() => formOf(provider));
  const [login, setLogin] = useState<ProviderLogin>({});
  const save = useRouteMutation(putBackupProvider, {
    stales: [listBackupProviders],
    onSuccess: () => {
      notifications.show({ message: t('register.saved') });
      onDone();
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const address = form.address === '' ? null : form.address;
    const kept = { capacityBytes: provider?.capacityBytes ?? null };
    const loginEndsOn = form.loginEndsOn === '' ? null : form.loginEndsOn;
    const secret = Object.keys(login).length === 0 ? {} : { login };
    save.mutate({ params: { key }, body: { ...kept, ...form, address, loginEndsOn, ...secret } });
  }
  return (
    <form onSubmit={submit} className="k-register-form">
      {save.isError && <ProblemNotice error={save.error} />}
      <div className="k-register-fields">
        {provider === null && (
          <TextInput
            label={t('register.key')}
            value={key}
            pattern="[a-z0-9][a-z0-9\-]{0,62}"
            autoCapitalize="none"
            spellCheck={false}
            required
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={t('register.title')}
          value={form.title}
          maxLength={100}
          required
          onChange={(event) => setForm({ ...form, title: event.currentTarget.value })}
        />
        <TextInput
          label={t('providers.address')}
          description={t('providers.address.note')}
          value={form.address}
          spellCheck={false}
          onChange={(event) => setForm({ ...form, address: event.currentTarget.value })}
        />
        <TextInput
          label={t('register.site')}
          value={form.site}
          maxLength={63}
          required
          onChange={(event) => setForm({ ...form, site: event.currentTarget.value })}
        />
        <Select
          label={t('register.copy.media')}
          data={mediaKinds.map((one) => ({ value: one, label: t(`backups.media.${one}`) }))}
          value={form.media}
          allowDeselect={false}
          onChange={(chosen) => setForm({ ...form, media: mediaKinds.find((one) => one === chosen) ?? 'disk' })}
        />
        <NumberInput
          label={t('providers.warn-percent')}
          value={form.warnPercent}
          min={1}
          max={100}
          suffix=" %"
          required
          onChange={(percent) => setForm({ ...form, warnPercent: Number(percent) })}
        />
        <TextInput
          label={t('providers.login-ends')}
          description={t('providers.login-ends.note')}
          type="date"
          value={form.loginEndsOn}
          onChange={(event) => setForm({ ...form, loginEndsOn: event.currentTarget.value })}
        />
      </div>
      <LoginFields kept={provider?.hasLogin === true} login={login} onChange={setLogin} />
      <Checkbox
        label={t('providers.active')}
        checked={form.active}
        onChange={(event) => setForm({ ...form, active: event.currentTarget.checked })}
      />
      <FormButtons label={t('register.save')} busy={save.isPending} onCancel={onDone} />
    </form>
  );
}

interface LoginFieldsProps {
  readonly kept: boolean;
  readonly login: ProviderLogin;
  readonly onChange: (login: ProviderLogin) => void;
}

/** Written, never shown: what is left empty stays as it is. */
function LoginFields({ kept, login, onChange }: LoginFieldsProps) {
  const { t } = useTexts();
  return (
    <details>
      <summary>{t(kept ? 'providers.login.replace' : 'providers.login.add')}</summary>
      <div className="k-register-fields">
        {logins.map((name) => {
          const Input = name === 'accessKeyId' || name === 'privateKeyFile' ? TextInput : PasswordInput;
          return (
            <Input
              key={name}
              label={t(`providers.login.${name}`)}
              value={login[name] ?? ''}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                const { [name]: _before, ...others } = login;
                const text = event.currentTarget.value;
                onChange(text === '' ? others : { ...others, [name]: text });
              }}
            />
          );
        })}
      </div>
    </details>
  );
}
