import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import {
  listOwnSystemFeedback,
  listSystemFeedback,
  type Severity,
  type SystemFeedbackCategory,
  sendSystemFeedback,
  severities,
  systemFeedbackCategories,
} from '#knowledge/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { NamedChoice } from '../../../ui/named-choice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** What was typed stays until it is kept. */
export function FeedbackForm() {
  const { t } = useTexts();
  const [category, setCategory] = useState<SystemFeedbackCategory>('ui');
  const [priority, setPriority] = useState<Severity>('medium');
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const send = useRouteMutation(sendSystemFeedback, {
    stales: [listOwnSystemFeedback, listSystemFeedback],
    onSuccess: () => {
      setTitle('');
      setDescription('');
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    send.mutate({ body: { category, priority, title, description } });
  }
  return (
    <form onSubmit={submit} className="k-entry-form">
      <Group grow>
        <NamedChoice
          label={t('knowledge.system-feedback.category')}
          value={category}
          values={systemFeedbackCategories}
          nameOf={(one) => t(`knowledge.system-feedback.on-${one}`)}
          onChange={setCategory}
        />
        <NamedChoice
          label={t('knowledge.system-feedback.priority')}
          value={priority}
          values={severities}
          nameOf={(one) => t(`knowledge.severity.${one}`)}
          onChange={setPriority}
        />
      </Group>
      <TextInput
        label={t('knowledge.system-feedback.title')}
        value={title}
        onChange={({ currentTarget: { value } }) => setTitle(value)}
        maxLength={300}
        required
      />
      <Textarea
        label={t('knowledge.system-feedback.description')}
        value={description}
        onChange={({ currentTarget: { value } }) => setDescription(value)}
        maxLength={10_000}
        autosize
        minRows={3}
        required
      />
      {send.isError && <ProblemNotice error={send.error} />}
      {send.isSuccess && <p role="status">{t('knowledge.system-feedback.sent')}</p>}
      <Group>
        <Button type="submit" loading={send.isPending} disabled={title.trim() === '' || description.trim() === ''}>
          {t('knowledge.system-feedback.send')}
        </Button>
      </Group>
    </form>
  );
}
