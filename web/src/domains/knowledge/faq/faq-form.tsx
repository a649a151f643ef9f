import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import {
  createFaq,
  type FaqItem,
  faqStatuses,
  listFaq,
  listFaqCandidates,
  readFaq,
  updateFaq,
} from '#knowledge/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

interface FaqFormProps {
  /** Absent: a new one. */
  readonly item?: FaqItem;
  /** What it would answer. */
  readonly candidate?: string;
  readonly entryId?: string;
  readonly onDone: () => void;
}

/** Writes a question with its answer, or changes one. */
export function FaqForm({ item, candidate, entryId, onDone }: FaqFormProps) {
  const { t } = useTexts();
  const [draft, setDraft] = useState(draftOf(item, candidate, entryId));
  const after = { stales: [listFaq, readFaq, listFaqCandidates], onSuccess: onDone };
  const create = useRouteMutation(createFaq, after);
  const update = useRouteMutation(updateFaq, after);
  const saving = item === undefined ? create : update;
  function submit(event: FormEvent): void {
    event.preventDefault();
    const { variants, answer, entry, ...rest } = draft;
    const body = {
      ...rest,
      variants: variants.split('\n').filter((line) => line.trim() !== ''),
      answer: answer.trim() === '' ? null : answer,
      // Whoever copies the address of the entry means its id.
      entryId: entry.trim().split('/').at(-1) || null,
    };
    if (item !== undefined) update.mutate({ params: { id: item.id }, body: { ...body, version: item.version } });
    else create.mutate({ body: candidate === undefined ? body : { ...body, candidate } });
  }
  return (
    <form onSubmit={submit} className="k-entry-form">
      <TextInput
        label={t('knowledge.faq.question')}
        value={draft.question}
        onChange={({ currentTarget: { value } }) => setDraft({ ...draft, question: value })}
        required
      />
      <Textarea
        label={t('knowledge.faq.answer')}
        description={t('knowledge.faq.answer.hint')}
        value={draft.answer}
        onChange={({ currentTarget: { value } }) => setDraft({ ...draft, answer: value })}
        autosize
        minRows={3}
      />
      <TextInput
        label={t('knowledge.faq.entry')}
        value={draft.entry}
        onChange={({ currentTarget: { value } }) => setDraft({ ...draft, entry: value })}
      />
      <Textarea
        label={t('knowledge.faq.variants')}
        description={t('knowledge.faq.variants.hint')}
        value={draft.variants}
        onChange={({ currentTarget: { value } }) => setDraft({ ...draft, variants: value })}
        autosize
      />
      <Group grow>
        <TextInput
          label={t('knowledge.faq.category')}
          value={draft.category}
          onChange={({ currentTarget: { value } }) => setDraft({ ...draft, category: value })}
          required
        />
        <NativeSelect
          label={t('knowledge.faq.status')}
          value={draft.status}
          onChange={({ currentTarget: { value } }) =>
            setDraft({ ...draft, status: faqStatuses.find((one) => one === value) ?? 'active' })
          }
          data={faqStatuses.map((value) => ({ value, label: t(`knowledge.faq.status.${value}`) }))}
        />
      </Group>
      {saving.isError && <ProblemNotice error={saving.error} />}
      <Group>
        <Button type="submit" loading={saving.isPending}>
          {t('knowledge.faq.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('knowledge.faq.cancel')}
        </Button>
      </Group>
    </form>
  );
}

function draftOf(item: FaqItem | undefined, candidate = '', entryId = '') {
  return {
    question: item?.question ?? candidate,
    answer: item?.answer ?? '',
    entry: item?.entryId ?? entryId,
    variants: item?.variants.join('\n') ?? '',
    category: item?.category ?? 'general',
    status: item?.status ?? 'active',
  };
}
