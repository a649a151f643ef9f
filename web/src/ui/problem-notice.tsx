import { Button } from '@mantine/core';

import { ApiProblem } from '#platform/contract';
import { useTexts } from '../lib/use-texts.ts';
import { Notice } from './notice.tsx';

interface ProblemNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong in the server's words: title, advice, faulty fields, and the id that stands in its log. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const { t } = useTexts();
  const problem = error instanceof ApiProblem ? error.problem : undefined;
  return (
    <Notice tone="bad" role="alert" title={problem?.title ?? t('problem.unreachable')}>
      <p>{problem === undefined ? t('problem.unreachable.advice') : problem.detail}</p>
      {problem?.errors !== undefined && (
        <ul>
          {problem.errors.map((fault) => (
            <li key={`${fault.path} ${fault.message}`}>
              <code className="k-mono">{fault.path}</code>: {fault.message}
            </li>
          ))}
        </ul>
      )}
      {problem !== undefined && (
        <p className="k-mono">
          {t('problem.error-id')} {problem.errorId}
        </p>
      )}
      {onRetry !== undefined && (
        <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
          {t('problem.retry')}
        </Button>
      )}
    </Notice>
  );
}
