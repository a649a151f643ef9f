import './entry-page.css';

import { Button, Group, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { entryStatuses, entryTypes, listTags, longestTitle, mostTags } from '#knowledge/contract';
import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { BodyField } from './body-field.tsx';
import { EntryAdvicePanel } from './entry-advice.tsx';
import { EntryCareFields } from './entry-care-fields.tsx';
import { type EntryDraft, faultyFields } from './entry-draft.ts';
import type { DraftKeeper } from './kept-draft.ts';
import { KeptDraftNotice } from './kept-draft-notice.tsx';
import { LikelyDuplicates } from './likely-duplicates.tsx';
import { TemplateButton } from './template-button.tsx';

interface EntryFormProps {
  readonly initial: EntryDraft;
  readonly busy: boolean;
  readonly error: Error | null;
  /** The entry it is, if it was saved before. */
  readonly id?: string;
  /** Of the entry as it is now; 0 of a new one. */
  readonly version: number;
  /** Keeps what is written until it is saved. */
  readonly keeper: DraftKeeper;
  readonly onSubmit: (draft: EntryDraft) => void;
  readonly onCancel: () => void;
}

export function EntryForm({ initial, id, version, keeper, busy, error, onSubmit, onCancel }: EntryFormProps) {
  const { t } = useTexts();
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const { data: known } = useRouteQuery(listTags, { query: { limit: 200 } });
  const faulty = tried ? faultyFields(draft) : [];
  function set(change: Partial<EntryDraft>): void {
    const changed = { ...draft, ...change };
    setDraft(changed);
    keeper.keep(changed);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (faultyFields(draft).length === 0) onSubmit(draft);
  }
  return (
    <form onSubmit={submit} className="k-entry-form" noValidate>
      <KeptDraftNotice keeper={keeper} version={version} onTake={setDraft} />
      <TextInput
        label={t('knowledge.form.title')}
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={faulty.includes('title') && t('knowledge.form.title.fault', { longest: longestTitle })}
        withAsterisk
        aria-required
      />
      <Group grow align="start">
        <NativeSelect
          label={t('knowledge.form.type')}
          value={draft.type}
          onChange={(event) => set({ type: entryTypes.find((one) => one === event.currentTarget.value) ?? 'other' })}
          data={entryTypes.map((value) => ({ value, label: t(`knowledge.type.${value}`) }))}
        />
        <NativeSelect
          label={t('knowledge.form.status')}
          value={draft.status}
          onChange={(event) =>
            set({ status: entryStatuses.find((one) => one === event.currentTarget.value) ?? 'draft' })
          }
          data={entryStatuses.map((value) => ({ value, label: t(`knowledge.status.${value}`) }))}
        />
      </Group>
      <TagsInput
        label={t('knowledge.form.tags')}
        description={t('knowledge.form.tags.hint')}
        value={[...draft.tags]}
        data={known?.items.map(({ tag }) => tag) ?? []}
        onChange={(tags) => set({ tags })}
        maxTags={mostTags}
        error={faulty.includes('tags') && t('knowledge.form.tags.fault')}
      />
      <BodyField body={draft.body} isFaulty={faulty.includes('body')} onChange={(body) => set({ body })} />
      <TemplateButton draft={draft} onInsert={(body) => set({ body })} />
      <EntryAdvicePanel draft={draft} onChange={set} />
      <EntryCareFields draft={draft} isDepartmentFaulty={faulty.includes('department')} onChange={set} />
      <LikelyDuplicates draft={draft} except={id} />
      {error !== null && <ProblemNotice error={error} />}
      <Group>
        <Button type="submit" loading={busy}>
          {t('knowledge.form.save')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            keeper.discard();
            onCancel();
          }}
        >
          {t('knowledge.form.cancel')}
        </Button>
      </Group>
    </form>
  );
}
