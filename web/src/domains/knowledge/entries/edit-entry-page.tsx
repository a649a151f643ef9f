import { Button, Group } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import {
  type EntryView,
  listEntries,
  listVersions,
  readEntry,
  readSummary,
  removeEntry,
  searchKnowledge,
  updateEntry,
} from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { contentOf, draftOf } from './entry-draft.ts';
import { EntryForm } from './entry-form.tsx';
import { EntryPresence } from './entry-presence.tsx';
import { useKeptDraft } from './kept-draft.ts';

const route = getRouteApi('/inside/knowledge/entries/$id/edit');

export function EditEntryPage() {
  const { t } = useTexts();
  const { id } = route.useParams();
  const query = useRouteQuery(readEntry, { params: { id } });
  return (
    <>
      <PageHeader title={t('knowledge.edit')} />
      <QueryView query={query}>{(entry) => <EditEntry key={entry.id} entry={entry} />}</QueryView>
    </>
  );
}

/** Keeps the version it was opened with: a change made by somebody else meanwhile is refused, not overwritten. */
function EditEntry({ entry }: { readonly entry: EntryView }) {
  const navigate = useNavigate();
  const [opened] = useState(entry);
  const keeper = useKeptDraft(opened);
  const params = { id: opened.id };
  function back(): void {
    void navigate({ to: '/knowledge/entries/$id', params });
  }
  const update = useRouteMutation(updateEntry, {
    stales: [readEntry, readSummary, searchKnowledge, listEntries, listVersions],
    onSuccess: () => {
      keeper.discard();
      back();
    },
  });
  return (
    <>
      <EntryPresence id={opened.id} mode="editing" />
      <ChangedMeanwhile opened={opened.version} newest={entry.version} by={entry.updatedBy} />
      <EntryForm
        initial={draftOf(opened)}
        version={opened.version}
        keeper={keeper}
        busy={update.isPending}
        error={update.error}
        id={opened.id}
        onSubmit={(draft) =>
          update.mutate({ params, body: { ...contentOf(draft), lang: opened.lang, version: opened.version } })
        }
        onCancel={back}
      />
      <RemoveEntry id={opened.id} onRemoved={() => keeper.discard()} />
    </>
  );
}

interface RemoveEntryProps {
  readonly id: string;
  readonly onRemoved: () => void;
}

function RemoveEntry({ id, onRemoved }: RemoveEntryProps) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const remove = useRouteMutation(removeEntry, {
    stales: [searchKnowledge, listEntries],
    onSuccess: () => {
      onRemoved();
      void navigate({ to: '/knowledge/search' });
    },
  });
  if (!asked) {
    return (
      <Button variant="subtle" color="red" mt="xl" onClick={() => setAsked(true)}>
        {t('knowledge.remove')}
      </Button>
    );
  }
  return (
    <Notice tone="bad" title={t('knowledge.remove.really')} role="alert">
      <p>{t('knowledge.remove.consequence')}</p>
      {remove.isError && <ProblemNotice error={remove.error} />}
      <Group mt="xs">
        <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate({ params: { id } })}>
          {t('knowledge.remove')}
        </Button>
        <Button variant="default" onClick={() => setAsked(false)}>
          {t('knowledge.form.cancel')}
        </Button>
      </Group>
    </Notice>
  );
}
