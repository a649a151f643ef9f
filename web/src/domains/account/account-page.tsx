import '../identity/people.css';
import './account-page.css';

import type { Permission } from '#platform/contract';
import { readUser } from '#platform/identity/contract';

import { useRouteQuery } from '../../lib/route-query.ts';
import { useSession } from '../../lib/session.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Facts } from '../../ui/facts.tsx';
import { Moment } from '../../ui/moment.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { OwnNotices } from '../alerts/own-notices/own-notices.tsx';
import { KeysOf } from '../identity/keys/keys-of.tsx';
import { SessionsOf } from '../identity/sessions/sessions-of.tsx';
import { ConnectAssistant } from './connect-assistant.tsx';
import { FactorsSection } from './factors-section.tsx';
import { FirstAccountForm } from './first-account-form.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordChangeForm } from './password-change-form.tsx';
import { ProfileForm } from './profile-form.tsx';

/** One's own account; for the owner of the machine, the way to the first one. */
export function AccountPage() {
  const { t } = useTexts();
  const session = useSession();
  const caller = session?.caller;
  if (caller === undefined || caller === null) return null;
  if (caller.accountId === null) {
    return (
      <>
        <PageHeader title={t('account.title')} lead={t('account.owner')} />
        {session?.firstAccountMissing === true && <FirstAccountForm />}
        <SessionsOf user={{ id: 'me', username: caller.name }} mayEnd />
      </>
    );
  }
  const { permissions } = caller;
  // What is left of the permissions says what has to be done first.
  const isHeldUp = !permissions.includes('account:self');
  return (
    <>
      <PageHeader title={t('account.title')} lead={t(leadOf(permissions))} />
      <div className="k-own-account">
        {!isHeldUp && <OwnAccount key="account" />}
        {isHeldUp && permissions.includes('account:password') && <PasswordChangeForm key="password" />}
        {permissions.includes('account:factors') && <FactorsSection key="factors" />}
        {permissions.includes('account:factors') && <PasskeysSection key="passkeys" />}
        {!isHeldUp && <OwnNotices key="notices" />}
        {!isHeldUp && <KeysOf key="keys" user={{ id: caller.accountId, username: caller.name }} mayChange />}
        {!isHeldUp && <ConnectAssistant key="assistant" />}
        {!isHeldUp && <SessionsOf key="sessions" user={{ id: caller.accountId, username: caller.name }} mayEnd />}
      </div>
    </>
  );
}

function leadOf(permissions: readonly Permission[]) {
  if (permissions.includes('account:self')) return 'account.lead';
  return permissions.includes('account:password') ? 'account.lead-expired' : 'account.lead-enrol';
}

function OwnAccount() {
  const { t } = useTexts();
  const query = useRouteQuery(readUser, { params: { user: 'me' } });
  return (
    <QueryView query={query}>
      {(account) => (
        <>
          <Facts
            facts={[
              { term: t('login.username'), value: account.username },
              { term: t('account.full-name'), value: account.fullName ?? '–' },
              { term: t('account.email'), value: account.email ?? '–' },
              { term: t('account.role'), value: account.role },
              {
                term: t('account.password-changed'),
                value: account.passwordChangedAt === null ? '–' : <Moment at={account.passwordChangedAt} />,
              },
              ...(account.passwordExpiresAt === null
                ? []
                : [{ term: t('account.password-expires'), value: <Moment at={account.passwordExpiresAt} /> }]),
            ]}
          />
          <ProfileForm account={account} />
          {account.kind === 'local' && <PasswordChangeForm />}
        </>
      )}
    </QueryView>
  );
}
