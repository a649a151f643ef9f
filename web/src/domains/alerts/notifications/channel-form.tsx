import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import {
  type ChannelKind,
  type ChannelView,
  channelKinds,
  listChannels,
  type Rhythm,
  saveChannel,
} from '#platform/notify/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { RhythmFields } from '../rhythm-fields.tsx';
import { rhythmOf, usualRhythm } from '../rhythm-input.ts';
import { SecretNotice } from './secret-notice.tsx';

interface ChannelFormProps {
  /** The one to change; a new one without. */
  readonly channel?: ChannelView;
  readonly onDone: () => void;
}

export function ChannelForm({ channel, onDone }: ChannelFormProps) {
  const { t, i18n } = useTexts();
  const [name, setName] = useState(channel?.name ?? '');
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? 'slack');
  const [url, setUrl] = useState('');
  const [language, setLanguage] = useState<'ja' | 'en'>(channel?.language ?? (i18n.language === 'ja' ? 'ja' : 'en'));
  const [enabled, setEnabled] = useState(channel?.enabled ?? true);
  const [rhythm, setRhythm] = useState<Rhythm>(rhythmOf(channel ?? usualRhythm));
  const save = useRouteMutation(saveChannel, {
    stales: [listChannels],
    onSuccess: ({ secret }) => {
      if (secret === null) onDone();
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const address = url.trim() === '' ? {} : { url: url.trim() };
    save.mutate({ params: { name: name.trim() }, body: { kind, ...address, language, enabled, ...rhythm } });
  }
  const secret = save.data?.secret ?? null;
  if (secret !== null) {
    return (
      <div className="k-alerts-form">
        <SecretNotice secret={secret} />
        <Group>
          <Button onClick={onDone}>{t('notify.noted')}</Button>
        </Group>
      </div>
    );
  }
  return (
    <form className="k-alerts-form" onSubmit={submit}>
      {save.isError && <ProblemNotice error={save.error} />}
      {channel === undefined && (
        <div className="k-alerts-fields">
          <TextInput
            label={t('notify.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            pattern="[a-z0-9][a-z0-9\-]{0,59}"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <NativeSelect
            label={t('notify.kind')}
            data={channelKinds.map((value) => ({ value, label: t(`notify.kind.${value}`) }))}
            value={kind}
            onChange={(event) => setKind(channelKinds.find((one) => one === event.currentTarget.value) ?? 'slack')}
          />
        </div>
      )}
      <TextInput
        type="url"
        label={t('notify.address')}
        description={t(channel === undefined ? `notify.address.${kind}` : 'notify.address.keep')}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        autoComplete="off"
        maxLength={2000}
        required={channel === undefined}
      />
      <div className="k-alerts-fields">
        <NativeSelect
          label={t('notify.language')}
          data={[
            { value: 'ja', label: '日本語' },
            { value: 'en', label: 'English' },
          ]}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value === 'ja' ? 'ja' : 'en')}
        />
        <Checkbox
          label={t('notify.enabled')}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
      </div>
      <RhythmFields value={rhythm} onChange={setRhythm} />
      <Group gap="xs">
        <Button type="submit" loading={save.isPending}>
          {t('notify.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('notify.cancel')}
        </Button>
      </Group>
    </form>
  );
}
