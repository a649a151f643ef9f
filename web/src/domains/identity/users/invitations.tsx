import { type InvitationView, listInvitations, listRoles, revokeInvitation } from '#platform/identity/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { refreshMs } from '../refresh-ms.ts';
import { useRoleName } from '../role-name.ts';

export function Invitations() {
  const { t } = useTexts();
  const query = useRouteQuery(listInvitations, {}, { refetchInterval: () => refreshMs });
  return (
    <section className="k-card k-people-card" aria-labelledby="people-invitations">
      <h2 id="people-invitations">{t('people.invitations')}</h2>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('people.invitations.none')}</p>
          ) : (
            <ul className="k-plain-list k-people-list">
              {items.map((invitation) => (
                <InvitationItem key={invitation.id} invitation={invitation} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}

function InvitationItem({ invitation }: { readonly invitation: InvitationView }) {
  const { t } = useTexts();
  const may = useMay('users:manage');
  const roleName = useRoleName();
  const roles = useRouteQuery(listRoles).data?.items ?? [];
  const revoke = useRouteMutation(revokeInvitation, { stales: [listInvitations] });
  const { id, email, role, createdBy, createdAt } = invitation;
  return (
    <li>
      <header>
        <strong>{email ?? t('people.invitation.anybody')}</strong>
        <span>{roleName(role, roles.find(({ name }) => name === role)?.title)}</span>
        <InvitationState invitation={invitation} />
      </header>
      <p className="k-people-note">
        {t('people.invitation.by', { name: createdBy })} · <Moment at={createdAt} />
      </p>
      {may && isOpen(invitation) && (
        <div>
          <ConfirmAction
            label={t('people.invitation.withdraw')}
            question={t('people.invitation.question')}
            consequence={t('people.invitation.consequence')}
            mutation={revoke}
            onConfirm={(done) => revoke.mutate({ params: { id } }, { onSuccess: done })}
          />
        </div>
      )}
    </li>
  );
}

function InvitationState({ invitation }: { readonly invitation: InvitationView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { usedAt, revokedAt, expiresAt } = invitation;
  if (usedAt !== null) return <StateBadge tone="ok" label={t('people.invitation.used')} />;
  if (revokedAt !== null) return <StateBadge tone="calm" label={t('people.invitation.revoked')} />;
  return isOpen(invitation) ? (
    <StateBadge tone="info" label={t('people.invitation.open', { at: format.dateTime(expiresAt) })} />
  ) : (
    <StateBadge tone="calm" label={t('people.invitation.expired')} />
  );
}

function isOpen({ usedAt, revokedAt, expiresAt }: InvitationView): boolean {
  return usedAt === null && revokedAt === null && Date.parse(expiresAt) > Date.now();
}
