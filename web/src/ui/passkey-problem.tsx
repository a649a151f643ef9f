import { useTranslation } from 'react-i18next';

import { ApiProblem } from '#platform/contract';

import { Notice } from './notice.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** What the server said; what the browser says of passkeys is in no language of ours, and mostly that somebody changed their mind. */
export function PasskeyProblem({ error }: { readonly error: Error }) {
  const { t } = useTranslation();
  if (error instanceof ApiProblem) return <ProblemNotice error={error} />;
  return (
    <Notice tone="warn" title={t('passkey.stopped')} role="alert">
      <p>{t('passkey.stopped.advice')}</p>
    </Notice>
  );
}
