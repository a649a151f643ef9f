import '../people.css';

import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';

import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ReadOnlyNote } from '../read-only-note.tsx';
import { Invitations } from './invitations.tsx';
import { NewAccountForm } from './new-account-form.tsx';
import { NewInvitationForm } from './new-invitation-form.tsx';
import { UserFilters } from './user-filters.tsx';
import { UserTable } from './user-table.tsx';

const route = getRouteApi('/inside/operations/users');

export function UsersPage() {
  const { t } = useTexts();
  const may = useMay('users:manage');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [making, setMaking] = useState<'invitation' | 'account'>();
  function close(): void {
    setMaking(undefined);
  }
  return (
    <>
      <PageHeader
        title={t('people.title')}
        lead={t('people.lead')}
        actions={
          may && (
            <>
              <Button onClick={() => setMaking('invitation')}>{t('people.invite')}</Button>
              <Button variant="default" onClick={() => setMaking('account')}>
                {t('people.create')}
              </Button>
            </>
          )
        }
      />
      <div className="k-people">
        <ReadOnlyNote />
        {making === 'invitation' && <NewInvitationForm onClose={close} />}
        {making === 'account' && <NewAccountForm onClose={close} />}
        <UserFilters search={search} onChange={(next) => void navigate({ search: next, replace: true })} />
        <UserTable search={search} />
        <Invitations />
      </div>
    </>
  );
}
