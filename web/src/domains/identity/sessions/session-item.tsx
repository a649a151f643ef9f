import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';

import {
  listEverySession,
  listSessions,
  type OwnerView,
  revokeSession,
  type SessionView,
} from '#platform/identity/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { RiskBadge } from './risk-badge.tsx';

interface SessionItemProps {
  readonly session: SessionView;
  /** Whose it is; null for the owner of the machine. */
  readonly user: Pick<OwnerView, 'id' | 'username'> | null;
  /** Among those of everybody: says whose it is. */
  readonly named: boolean;
  readonly mayEnd: boolean;
}

export function SessionItem({ session, user, named, mayEnd }: SessionItemProps) {
  const { t } = useTexts();
  const { current, stage, address, userAgent, createdAt, lastSeenAt, expiresAt } = session;
  return (
    <li>
      <header>
        {named && <SessionUser user={user} />}
        {current && <StateBadge tone="info" label={t('people.session.current')} />}
        {stage === 'pending-second-factor' && <StateBadge tone="warn" label={t('people.session.pending')} />}
        <RiskBadge risk={session.risk} />
      </header>
      <Facts
        facts={[
          { term: t('people.session.device'), value: userAgent ?? t('people.session.unknown') },
          { term: t('people.session.address'), value: address ?? t('people.session.unknown') },
          { term: t('people.session.by'), value: <OpenedBy way={session.openedBy} /> },
          { term: t('people.session.opened'), value: <Moment at={createdAt} as="exact" /> },
          { term: t('people.session.seen'), value: <Moment at={lastSeenAt} /> },
          { term: t('people.session.expires'), value: <Moment at={expiresAt} /> },
        ]}
      />
      {mayEnd && !current && (
        <EndSession id={session.id} user={user ?? { id: '~owner', username: t('people.session.owner') }} />
      )}
    </li>
  );
}

function SessionUser({ user }: Pick<SessionItemProps, 'user'>) {
  const { t } = useTexts();
  if (user === null) return <strong>{t('people.session.owner')}</strong>;
  return (
    <strong className="k-people-name">
      <Link to="/operations/users/$user" params={{ user: user.id }}>
        {user.username}
      </Link>
    </strong>
  );
}

const ways = ['password', 'link', 'invitation', 'ldap', 'oidc', 'passkey'] as const;

/** A way that is new here is shown as the server calls it. */
function OpenedBy({ way }: { readonly way: string }) {
  const { t } = useTexts();
  const known = ways.find((one) => one === way);
  return known === undefined ? way : t(`people.session.by.${known}`);
}

interface EndSessionProps {
  readonly id: string;
  readonly user: Pick<OwnerView, 'id' | 'username'>;
}

function EndSession({ id, user }: EndSessionProps) {
  const { t } = useTexts();
  const end = useRouteMutation(revokeSession, {
    stales: [listSessions, listEverySession],
    onSuccess: () => notifications.show({ message: t('people.session.ended') }),
  });
  return (
    <div>
      <ConfirmAction
        label={t('people.session.end')}
        name={t('people.session.end.of', { user: user.username })}
        question={t('people.session.question', { user: user.username })}
        consequence={t('people.session.consequence')}
        mutation={end}
        onConfirm={(done) => end.mutate({ params: { user: user.id, id } }, { onSuccess: done })}
      />
    </div>
  );
}
