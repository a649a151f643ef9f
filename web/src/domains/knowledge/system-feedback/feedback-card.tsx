import type { ReactNode } from 'react';

import type { SystemFeedback } from '#knowledge/contract';

import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';

/** What was said, and what became of it. */
export function FeedbackCard({
  feedback,
  children,
}: {
  readonly feedback: SystemFeedback;
  readonly children?: ReactNode;
}) {
  const { t } = useTexts();
  const { category, title, description, priority, status, assignee, answer, givenAt, givenBy } = feedback;
  return (
    <li className="k-card">
      <strong>{title}</strong>
      <span className="k-passage">{description}</span>
      <small>
        {t(`knowledge.system-feedback.on-${category}`)} · {t(`knowledge.severity.${priority}`)} ·{' '}
        {t(`knowledge.system-feedback.is-${status}`)} · {givenBy} <Moment at={givenAt} />
        {assignee !== null && ` · ${t('knowledge.task.assignee')}: ${assignee}`}
      </small>
      {answer !== null && (
        <span>
          {t('knowledge.system-feedback.answered')}: {answer}
        </span>
      )}
      {children}
    </li>
  );
}
