import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import {
  listOwnSystemFeedback,
  listSystemFeedback,
  type SystemFeedback,
  severities,
  systemFeedbackStatuses,
  triageSystemFeedback,
} from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { NamedChoice } from '../../../ui/named-choice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { FeedbackCard } from './feedback-card.tsx';

/** What everybody said of Kura, for who manages. */
export function FeedbackTriage() {
  const { t } = useTexts();
  const mayManage = useMay('knowledge:manage');
  const [isClosed, setClosed] = useState(false);
  const query = useRouteQuery(listSystemFeedback, { query: { state: isClosed ? 'closed' : 'open' } });
  return (
    <section aria-label={t('knowledge.system-feedback.all')}>
      <h2>{t('knowledge.system-feedback.all')}</h2>
      <Checkbox
        label={t('knowledge.system-feedback.closed')}
        checked={isClosed}
        onChange={(event) => setClosed(event.currentTarget.checked)}
        mb="xs"
      />
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('knowledge.system-feedback.none')}</p>
          ) : (
            <ul className="k-plain-list k-related">
              {items.map((feedback) => (
                <FeedbackCard key={feedback.id} feedback={feedback}>
                  {mayManage && <TriageForm feedback={feedback} />}
                </FeedbackCard>
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}

function TriageForm({ feedback }: { readonly feedback: SystemFeedback }) {
  const { t } = useTexts();
  const [status, setStatus] = useState(feedback.status);
  const [priority, setPriority] = useState(feedback.priority);
  const [assignee, setAssignee] = useState(feedback.assignee ?? '');
  const [answer, setAnswer] = useState(feedback.answer ?? '');
  const triage = useRouteMutation(triageSystemFeedback, { stales: [listSystemFeedback, listOwnSystemFeedback] });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const said = { assignee: assignee.trim() || null, answer: answer.trim() || null };
    triage.mutate({ params: { id: feedback.id }, body: { status, priority, ...said } });
  }
  return (
    <form onSubmit={submit} aria-label={feedback.title}>
      <Group gap="xs" align="end">
        <NamedChoice
          size="xs"
          label={t('knowledge.system-feedback.status')}
          value={status}
          values={systemFeedbackStatuses}
          nameOf={(one) => t(`knowledge.system-feedback.is-${one}`)}
          onChange={setStatus}
        />
        <NamedChoice
          size="xs"
          label={t('knowledge.system-feedback.priority')}
          value={priority}
          values={severities}
          nameOf={(one) => t(`knowledge.severity.${one}`)}
          onChange={setPriority}
        />
        <TextInput
          size="xs"
          label={t('knowledge.system-feedback.assignee')}
          value={assignee}
          onChange={({ currentTarget: { value } }) => setAssignee(value)}
          maxLength={100}
        />
        <TextInput
          size="xs"
          label={t('knowledge.system-feedback.answer')}
          value={answer}
          onChange={({ currentTarget: { value } }) => setAnswer(value)}
          maxLength={500}
        />
        <Button type="submit" size="compact-sm" variant="default" loading={triage.isPending}>
          {t('knowledge.system-feedback.save')}
        </Button>
      </Group>
      {triage.isError && <ProblemNotice error={triage.error} />}
    </form>
  );
}
