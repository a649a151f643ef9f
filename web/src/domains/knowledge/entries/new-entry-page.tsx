import { useNavigate } from '@tanstack/react-router';

import { createEntry, listEntries, searchKnowledge } from '#knowledge/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { contentOf, emptyDraft } from './entry-draft.ts';
import { EntryForm } from './entry-form.tsx';
import { useKeptDraft } from './kept-draft.ts';

export function NewEntryPage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const keeper = useKeptDraft({ id: undefined, version: 0 });
  const create = useRouteMutation(createEntry, {
    stales: [searchKnowledge, listEntries],
    onSuccess: ({ id }) => {
      keeper.discard();
      void navigate({ to: '/knowledge/entries/$id', params: { id } });
    },
  });
  return (
    <>
      <PageHeader title={t('knowledge.new')} />
      <EntryForm
        initial={emptyDraft}
        version={0}
        keeper={keeper}
        busy={create.isPending}
        error={create.error}
        onSubmit={(draft) => create.mutate({ body: contentOf(draft) })}
        onCancel={() => void navigate({ to: '/knowledge/search' })}
      />
    </>
  );
}
