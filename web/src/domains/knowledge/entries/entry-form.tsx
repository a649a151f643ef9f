import './entry-page.css';

import { Button, Group, NativeSelect, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { entryStatuses, entryTypes, longestBody, longestTitle, mostTags } from '#knowledge/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { EntryAdvicePanel } from './entry-advice.tsx';
import { EntryCareFields } from './entry-care-fields.tsx';
import { type EntryDraft, faultyFields } from './entry-draft.ts';
import { LikelyDuplicates } from './likely-duplicates.tsx';
import { TemplateButton } from './template-button.tsx';

interface EntryFormProps {
  readonly initial: EntryDraft;
  readonly busy: boolean;
  readonly error: Error | null;
  /** The entry it is, if it was saved before. */
  readonly id?: string;
  readonly onSubmit: (draft: EntryDraft) => void;
  readonly onCancel: () => void;
}

export function EntryForm({ initial, id, busy, error, onSubmit, onCancel }: EntryFormProps) {
  const { t } = useTexts();
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const faulty = tried ? faultyFields(draft) : [];
  function set(change: Partial<EntryDraft>): void {
    setDraft({ ...draft, ...change });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (faultyFields(draft).length === 0) onSubmit(draft);
  }
  return (
    <form onSubmit={submit} className="k-entry-form" noValidate>
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
        onChange={(tags) => set({ tags })}
        maxTags={mostTags}
        error={faulty.includes('tags') && t('knowledge.form.tags.fault')}
      />
      <Textarea
        label={t('knowledge.form.body')}
        description={t('knowledge.form.body.hint')}
        value={draft.body}
        onChange={(event) => set({ body: event.currentTarget.value })}
        error={faulty.includes('body') && t('knowledge.form.body.fault', { longest: longestBody })}
        rows={16}
        withAsterisk
        aria-required
      />
      <TemplateButton draft={draft} onInsert={(body) => set({ body })} />
      <EntryAdvicePanel draft={draft} onChange={set} />
      <EntryCareFields draft={draft} isDepartmentFaulty={faulty.includes('department')} onChange={set} />
      <LikelyDuplicates draft={draft} except={id} />
      {error !== null && <ProblemNotice error={error} />}
      <Group>
        <Button type="submit" loading={busy}>
          {t('knowledge.form.save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('knowledge.form.cancel')}
        </Button>
      </Group>
    </form>
  );
}
