import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';

import { type FeedbackKind, feedbackKinds, giveFeedback, listTasks, readFeedback } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** Whether the entry helped, and what is wrong with it: one voice per person, which can change. */
export function EntryVoice({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const [comment, setComment] = useState('');
  const { data } = useRouteQuery(readFeedback, { params: { id } });
  const give = useRouteMutation(giveFeedback, { stales: [readFeedback, listTasks], onSuccess: () => setComment('') });
  function say(kind: FeedbackKind): void {
    const text = comment.trim();
    give.mutate({ params: { id }, body: { kind, ...(text === '' ? {} : { comment: text }) } });
  }
  return (
    <section className="k-no-print k-entry-steps" aria-label={t('knowledge.voice')}>
      <h2>{t('knowledge.voice')}</h2>
      {data !== undefined && (
        <p>
          {t('knowledge.voice.counts', {
            helpful: format.number(data.helpful),
            notHelpful: format.number(data.notHelpful),
            faults: format.number(data.faults),
          })}
        </p>
      )}
      <TextInput
        label={t('knowledge.voice.comment')}
        value={comment}
        onChange={({ currentTarget: { value } }) => setComment(value)}
        maxLength={500}
        mb="xs"
      />
      <Group gap="xs">
        {feedbackKinds.map((kind) => (
          <Button
            key={kind}
            size="compact-sm"
            variant={data?.own === kind ? 'filled' : 'default'}
            aria-pressed={data?.own === kind}
            disabled={give.isPending}
            onClick={() => say(kind)}
          >
            {t(`knowledge.voice.${kind}`)}
          </Button>
        ))}
      </Group>
      {give.isError && <ProblemNotice error={give.error} />}
    </section>
  );
}
