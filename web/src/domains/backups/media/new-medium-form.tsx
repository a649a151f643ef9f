import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import { listMedia, type RemovableKind, registerMedium, removableKinds } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { bodyOf, MediumFields, noFacts } from './medium-fields.tsx';

export function NewMediumForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [label, setLabel] = useState('');
  const [kind, setKind] = useState<RemovableKind>('tape');
  const [facts, setFacts] = useState(noFacts);
  const register = useRouteMutation(registerMedium, {
    stales: [listMedia],
    onSuccess: (medium) => void navigate({ to: '/backups/media/$label', params: { label: medium.label } }),
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const named = label.trim() === '' ? {} : { label };
    register.mutate({ body: { ...bodyOf(facts), ...named, kind } });
  }
  return (
    <form className="k-card" onSubmit={submit} aria-labelledby="media-new">
      <h2 id="media-new">{t('media.add')}</h2>
      <div className="k-media-fields">
        <TextInput
          label={t('media.label')}
          description={t('media.label.lead')}
          value={label}
          maxLength={50}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('media.kind')}
          value={kind}
          onChange={(event) => setKind(removableKinds.find((one) => one === event.currentTarget.value) ?? 'tape')}
          data={removableKinds.map((one) => ({ value: one, label: t(`media.kind.${one}`) }))}
        />
        <MediumFields facts={facts} onChange={setFacts} />
      </div>
      {register.isError && <ProblemNotice error={register.error} />}
      <Group gap="xs">
        <Button type="submit" loading={register.isPending}>
          {t('media.register')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('media.cancel')}
        </Button>
      </Group>
    </form>
  );
}
