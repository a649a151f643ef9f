import { notifications } from '@mantine/notifications';

import { type AccountView, listEverySession, listSessions, revokeAllSessions } from '#platform/identity/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { refreshMs } from '../refresh-ms.ts';
import { SessionItem } from './session-item.tsx';

interface SessionsOfProps {
  readonly user: Pick<AccountView, 'id' | 'username'>;
  readonly mayEnd: boolean;
}

/** The sessions of one account. */
export function SessionsOf({ user, mayEnd }: SessionsOfProps) {
  const { t } = useTexts();
  const query = useRouteQuery(listSessions, { params: { user: user.id } }, { refetchInterval: () => refreshMs });
  return (
    <section className="k-card k-people-card" aria-labelledby="people-sessions">
      <h2 id="people-sessions">{t('people.sessions')}</h2>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('people.sessions.none')}</p>
          ) : (
            <>
              <ul className="k-plain-list k-people-list">
                {items.map((session) => (
                  <SessionItem key={session.id} session={session} user={user} named={false} mayEnd={mayEnd} />
                ))}
              </ul>
              {mayEnd && <EndAll user={user} />}
            </>
          )
        }
      </QueryView>
    </section>
  );
}

function EndAll({ user: { id, username: user } }: Pick<SessionsOfProps, 'user'>) {
  const { t } = useTexts();
  const end = useRouteMutation(revokeAllSessions, {
    stales: [listSessions, listEverySession],
    onSuccess: ({ ended }) => notifications.show({ message: t('people.session.all-ended', { count: ended }) }),
  });
  return (
    <div>
      <ConfirmAction
        label={t('people.session.end-all')}
        question={t('people.session.all-question', { user })}
        consequence={t('people.session.consequence')}
        mutation={end}
        onConfirm={(done) => end.mutate({ params: { user: id } }, { onSuccess: done })}
      />
    </div>
  );
}
