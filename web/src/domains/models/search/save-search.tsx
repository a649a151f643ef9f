import { Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import { collectQuerySchema, listCollections, listSavedSearches, saveSearch, startCollection } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import type { ModelSearch } from './model-search.ts';

/** Keeps the search on screen under a name, to be repeated or watched, or reads it to its end. */
export function SaveSearch({ search }: { readonly search: ModelSearch }) {
  const { t } = useTexts();
  const may = useMay('models:write');
  const [name, setName] = useState('');
  const save = useRouteMutation(saveSearch, {
    stales: [listSavedSearches],
    onSuccess: (saved) => {
      setName('');
      notifications.show({ message: t('models.saved.done', { name: saved.name }) });
    },
  });
  const mayCollect = useMay('models:download');
  const collect = useRouteMutation(startCollection, {
    stales: [listCollections],
    onSuccess: () => notifications.show({ message: t('models.collection.started') }),
  });
  if (!may) return null;
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ params: { name: name.trim() }, body: { query: collectQuerySchema.parse(search) } });
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="end">
        <TextInput
          size="xs"
          label={t('models.saved.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={80}
          required
        />
        <Button type="submit" size="xs" variant="default" loading={save.isPending}>
          {t('models.saved.save')}
        </Button>
        {mayCollect && (
          <Button
            size="xs"
            variant="default"
            loading={collect.isPending}
            onClick={() => collect.mutate({ body: { query: collectQuerySchema.parse(search) } })}
          >
            {t('models.collection.start')}
          </Button>
        )}
      </Group>
      {collect.isError && <ProblemNotice error={collect.error} />}
      {save.isError && <ProblemNotice error={save.error} />}
    </form>
  );
}
