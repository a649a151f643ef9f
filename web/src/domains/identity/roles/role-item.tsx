import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { permissions } from '#platform/contract';
import { deleteRole, listRoles, type RoleView } from '#platform/identity/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { useOutranks } from '../role-choice.tsx';
import { useRoleName } from '../role-name.ts';
import { RoleForm } from './role-form.tsx';

interface RoleItemProps {
  readonly role: RoleView;
}

export function RoleItem({ role }: RoleItemProps) {
  const { t } = useTexts();
  const may = useMay('users:manage');
  const shown = useRoleName()(role.name, role.title);
  const { name, builtIn, networks, accounts } = role;
  return (
    <section className="k-card k-people-card" aria-labelledby={`role-${name}`}>
      <header>
        <h2 id={`role-${name}`}>{shown}</h2>
        <span className="k-mono">{name}</span>
        {builtIn && <StateBadge tone="calm" label={t('people.role.built-in')} />}
      </header>
      <p className="k-people-name">
        <Link to="/operations/users" search={{ role: name }}>
          {t('people.role.accounts', { count: accounts })}
        </Link>
      </p>
      <Facts
        facts={[
          {
            term: t('people.role.networks'),
            value: networks.length === 0 ? t('people.everywhere') : networks.join(', '),
          },
        ]}
      />
      <Allowed role={role} />
      {may && <RoleActions role={role} />}
    </section>
  );
}

function Allowed({ role }: RoleItemProps) {
  const { t } = useTexts();
  if (role.permissions.length === permissions.length) return <p>{t('people.role.everything')}</p>;
  return (
    <ul className="k-people-permissions" aria-label={t('people.role.allows')}>
      {role.permissions.map((permission) => (
        <li key={permission}>{t(`people.permission.${permission}`)}</li>
      ))}
    </ul>
  );
}

function RoleActions({ role }: RoleItemProps) {
  const { t } = useTexts();
  const [editing, setEditing] = useState(false);
  const outranks = useOutranks();
  const shown = useRoleName()(role.name, role.title);
  const remove = useRouteMutation(deleteRole, {
    stales: [listRoles],
    onSuccess: () => notifications.show({ message: t('people.role.deleted', { role: shown }) }),
  });
  if (outranks(role)) return <p className="k-people-note">{t('people.role.outranks')}</p>;
  if (editing) return <RoleForm role={role} onDone={() => setEditing(false)} />;
  return (
    <Group gap="xs" align="start">
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => setEditing(true)}
        aria-label={t('people.role.edit.of', { role: shown })}
      >
        {t('people.role.edit')}
      </Button>
      {!role.builtIn && (
        <ConfirmAction
          label={t('people.role.delete')}
          name={t('people.role.delete.of', { role: shown })}
          question={t('people.role.delete.question', { role: shown })}
          consequence={t('people.role.delete.consequence')}
          mutation={remove}
          onConfirm={(done) => remove.mutate({ params: { name: role.name } }, { onSuccess: done })}
        />
      )}
    </Group>
  );
}
