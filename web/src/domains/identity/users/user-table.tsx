import '../../../ui/stacking-table.css';

import { Button, Table } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { type AccountView, listRoles, listUsers } from '#platform/identity/contract';

import { api } from '../../../lib/api.ts';
import { routeKey, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { refreshMs } from '../refresh-ms.ts';
import { useRoleName } from '../role-name.ts';
import { AccountState } from './account-state.tsx';
import type { UserSearch } from './user-search.ts';

const pageSize = 100;

export function UserTable({ search }: { readonly search: UserSearch }) {
  const { t } = useTexts();
  const query = useUsers(search);
  return (
    <section className="k-card k-people-card" aria-labelledby="people-list">
      <h2 id="people-list">{t('people.list')}</h2>
      <QueryView query={query}>{(accounts) => <Accounts accounts={accounts} />}</QueryView>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('people.more')}
        </Button>
      )}
    </section>
  );
}

function Accounts({ accounts }: { readonly accounts: readonly AccountView[] }) {
  const { t } = useTexts();
  const roleName = useRoleName();
  const roles = useRouteQuery(listRoles).data?.items ?? [];
  if (accounts.length === 0) return <EmptyNote title={t('people.none')} />;
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('people.list')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('people.username')}</Table.Th>
          <Table.Th>{t('people.role')}</Table.Th>
          <Table.Th>{t('people.state')}</Table.Th>
          <Table.Th>{t('people.last-login')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {accounts.map((account) => (
          <Table.Tr key={account.id}>
            <Table.Th scope="row" className="k-people-name">
              <Link to="/operations/users/$user" params={{ user: account.id }}>
                {account.username}
              </Link>
              <small>{[account.fullName, account.email].filter((one) => one !== null).join(' · ')}</small>
            </Table.Th>
            <Table.Td data-label={t('people.role')}>
              {roleName(account.role, roles.find(({ name }) => name === account.role)?.title)}
            </Table.Td>
            <Table.Td data-label={t('people.state')}>
              <AccountState account={account} />
            </Table.Td>
            <Table.Td data-label={t('people.last-login')}>
              {account.lastLoginAt === null ? t('people.never') : <Moment at={account.lastLoginAt} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function useUsers(search: UserSearch) {
  return useInfiniteQuery({
    queryKey: [...routeKey(listUsers), search],
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === undefined ? {} : { after: pageParam };
      return api.call(listUsers, { query: { ...search, limit: pageSize, ...after } }, signal);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: refreshMs,
  });
}
