import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { createEntry, listEntries, searchKnowledge } from '#knowledge/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { emptyDraft } from './entry-draft.ts';
import { EntryForm } from './entry-form.tsx';

export function NewEntryPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useRouteMutation(createEntry, {
    stales: [searchKnowledge, listEntries],
    onSuccess: ({ id }) => void navigate({ to: '/knowledge/entries/$id', params: { id } }),
  });
  return (
    <>
      <PageHeader title={t('knowledge.new')} />
      <EntryForm
        initial={emptyDraft}
        busy={create.isPending}
        error={create.error}
        onSubmit={({ tags, ...draft }) => create.mutate({ body: { ...draft, tags: [...tags] } })}
        onCancel={() => void navigate({ to: '/knowledge/search' })}
      />
    </>
  );
}
