import '../people.css';

import { getRouteApi, Link } from '@tanstack/react-router';

import { type AccountView, listRoles, readUser } from '#platform/identity/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay, useSession } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { KeysOf } from '../keys/keys-of.tsx';
import { ReadOnlyNote } from '../read-only-note.tsx';
import { refreshMs } from '../refresh-ms.ts';
import { useRoleName } from '../role-name.ts';
import { SessionsOf } from '../sessions/sessions-of.tsx';
import { AccountState } from './account-state.tsx';
import { SecondFactorOf } from './second-factor-of.tsx';
import { UserActions } from './user-actions.tsx';

const route = getRouteApi('/inside/operations/users/$user');

export function UserPage() {
  const { t } = useTexts();
  const { user } = route.useParams();
  const query = useRouteQuery(readUser, { params: { user } }, { refetchInterval: () => refreshMs });
  return (
    <>
      <PageHeader title={t('people.one', { user: query.data?.username ?? '…' })} />
      <div className="k-people">
        <Link to="/operations/users" className="k-people-back">
          {t('people.back')}
        </Link>
        <ReadOnlyNote />
        <QueryView query={query}>{(account) => <Account account={account} />}</QueryView>
      </div>
    </>
  );
}

function Account({ account }: { readonly account: AccountView }) {
  const may = useMay('users:manage');
  const own = useSession()?.caller?.accountId === account.id;
  return (
    <>
      <AccountFacts account={account} />
      {may && <Changes account={account} />}
      {account.anonymisedAt === null && <SecondFactorOf user={account} mayReset={may && !own} />}
      <SessionsOf user={account} mayEnd={may} />
      <KeysOf user={account} mayChange={may && account.anonymisedAt === null} />
    </>
  );
}

function Changes({ account }: { readonly account: AccountView }) {
  const { t } = useTexts();
  const format = useFormat();
  const own = useSession()?.caller?.accountId === account.id;
  if (account.anonymisedAt !== null) {
    return <p className="k-people-note">{t('people.removed', { at: format.dateTime(account.anonymisedAt) })}</p>;
  }
  if (own) return <p className="k-people-note">{t('people.own')}</p>;
  return <UserActions account={account} />;
}

function AccountFacts({ account }: { readonly account: AccountView }) {
  const { t } = useTexts();
  const roleName = useRoleName();
  const roles = useRouteQuery(listRoles).data?.items ?? [];
  const { role, passwordChangedAt, lastLoginAt } = account;
  return (
    <section className="k-card k-people-card" aria-label={t('people.one', { user: account.username })}>
      <div>
        <AccountState account={account} />
      </div>
      <Facts
        facts={[
          { term: t('people.username'), value: account.username },
          { term: t('people.full-name'), value: account.fullName ?? '–' },
          { term: t('people.email'), value: account.email ?? '–' },
          { term: t('people.department'), value: account.department ?? '–' },
          { term: t('people.role'), value: roleName(role, roles.find(({ name }) => name === role)?.title) },
          { term: t('people.kind'), value: t(`people.kind.${account.kind}`) },
          {
            term: t('people.last-login'),
            value: lastLoginAt === null ? t('people.never') : <Moment at={lastLoginAt} />,
          },
          { term: t('people.created'), value: <Moment at={account.createdAt} as="exact" /> },
          {
            term: t('people.password-changed'),
            value: passwordChangedAt === null ? '–' : <Moment at={passwordChangedAt} />,
          },
        ]}
      />
    </section>
  );
}
