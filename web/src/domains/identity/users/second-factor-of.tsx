import { notifications } from '@mantine/notifications';

import {
  type AccountView,
  type FactorsView,
  listEverySession,
  listSessions,
  readFactors,
  resetFactors,
} from '#platform/identity/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { refreshMs } from '../refresh-ms.ts';

interface SecondFactorOfProps {
  readonly user: Pick<AccountView, 'id' | 'username'>;
  readonly mayReset: boolean;
}

/** Whether somebody logs in with more than a password, and the way back for who lost it. */
export function SecondFactorOf({ user, mayReset }: SecondFactorOfProps) {
  const { t } = useTexts();
  const query = useRouteQuery(readFactors, { params: { user: user.id } }, { refetchInterval: () => refreshMs });
  return (
    <section className="k-card k-people-card" aria-labelledby="people-factor">
      <h2 id="people-factor">{t('people.factor')}</h2>
      <QueryView query={query}>
        {(factors) => (
          <>
            <FactorBadges factors={factors} />
            {mayReset && hasFactor(factors) && <ResetFactors user={user} />}
          </>
        )}
      </QueryView>
    </section>
  );
}

function FactorBadges({ factors }: { readonly factors: FactorsView }) {
  const { t } = useTexts();
  const { totpSince, passkeys, required } = factors;
  if (!hasFactor(factors)) {
    const label = t(required ? 'people.factor.missing' : 'people.factor.none');
    return (
      <div>
        <StateBadge tone={required ? 'warn' : 'calm'} label={label} />
      </div>
    );
  }
  return (
    <header>
      {totpSince !== null && <StateBadge tone="ok" label={t('people.factor.totp')} />}
      {passkeys.length > 0 && <StateBadge tone="ok" label={t('people.factor.passkeys', { count: passkeys.length })} />}
    </header>
  );
}

function hasFactor({ totpSince, passkeys }: FactorsView): boolean {
  return totpSince !== null || passkeys.length > 0;
}

function ResetFactors({ user: { id, username: user } }: Pick<SecondFactorOfProps, 'user'>) {
  const { t } = useTexts();
  const reset = useRouteMutation(resetFactors, {
    stales: [readFactors, listSessions, listEverySession],
    onSuccess: () => notifications.show({ message: t('people.factor.reset.done', { user }) }),
  });
  return (
    <div>
      <ConfirmAction
        label={t('people.factor.reset')}
        question={t('people.factor.reset.question', { user })}
        consequence={t('people.factor.reset.consequence')}
        mutation={reset}
        onConfirm={(done) => reset.mutate({ params: { user: id } }, { onSuccess: done })}
      />
    </div>
  );
}
