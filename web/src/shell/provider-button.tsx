import { Button } from '@mantine/core';

import { beginProviderLogin } from '#platform/identity/contract';

import { useRouteMutation } from '../lib/route-query.ts';
import { useSession } from '../lib/session.ts';
import { useTexts } from '../lib/use-texts.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { rememberFlow } from './provider-flow.ts';

/** Leads to the login provider; absent where none is configured. */
export function ProviderButton({ next }: { readonly next: string | undefined }) {
  const { t } = useTexts();
  const name = useSession()?.ways.provider ?? null;
  const begin = useRouteMutation(beginProviderLogin, {
    onSuccess: ({ url, flow }) => {
      rememberFlow({ flow, next });
      window.location.assign(url);
    },
  });
  if (name === null) return null;
  return (
    <div className="k-login-form">
      {begin.isError && <ProblemNotice error={begin.error} />}
      <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate({})}>
        {t('login.provider', { name })}
      </Button>
    </div>
  );
}
