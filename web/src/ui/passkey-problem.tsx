import { ApiProblem } from '#platform/contract';
import { useTexts } from '../lib/use-texts.ts';
import { Notice } from './notice.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** What the server said; what the browser says of passkeys is in no language of ours, and mostly that somebody changed their mind. */
export function PasskeyProblem({ error }: { readonly error: Error }) {
  const { t } = useTexts();
  if (error instanceof ApiProblem) return <ProblemNotice error={error} />;
  return (
    <Notice tone="warn" title={t('passkey.stopped')} role="alert">
      <p>{t('passkey.stopped.advice')}</p>
    </Notice>
  );
}
