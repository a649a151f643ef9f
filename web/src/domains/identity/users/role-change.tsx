import { notifications } from '@mantine/notifications';
import { useState } from 'react';

import { type AccountView, listRoles, listUsers, readUser, setRole } from '#platform/identity/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { RoleChoice } from '../role-choice.tsx';
import { useRoleName } from '../role-name.ts';

export function RoleChange({ account }: { readonly account: AccountView }) {
  const { t } = useTexts();
  const { id, username: user } = account;
  const [role, choose] = useState(account.role);
  const roleName = useRoleName();
  const roles = useRouteQuery(listRoles).data?.items ?? [];
  const shown = roleName(role, roles.find(({ name }) => name === role)?.title);
  const change = useRouteMutation(setRole, {
    stales: [readUser, listUsers, listRoles],
    onSuccess: () => notifications.show({ message: t('people.role.changed', { user, role: shown }) }),
  });
  return (
    <div className="k-people-form">
      <RoleChoice value={role} onChange={choose} />
      <div>
        <ConfirmAction
          label={t('people.role.change')}
          question={t('people.role.question', { user, role: shown })}
          consequence={t('people.role.consequence')}
          tone="warn"
          disabled={role === account.role}
          mutation={change}
          onConfirm={(done) => change.mutate({ params: { user: id }, body: { role } }, { onSuccess: done })}
        />
      </div>
    </div>
  );
}
