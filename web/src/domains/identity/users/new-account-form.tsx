import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { createUser, listRoles, listUsers } from '#platform/identity/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { RoleChoice } from '../role-choice.tsx';
import { linkOf, ShownOnce } from '../shown-once.tsx';

export function NewAccountForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const create = useRouteMutation(createUser, { stales: [listUsers, listRoles] });
  const made = create.data;
  if (made?.link !== undefined && made.link !== null) {
    return (
      <ShownOnce
        title={t('people.once.password', { user: made.user.username })}
        secret={linkOf(made.link.path)}
        expiresAt={made.link.expiresAt}
        onClose={onClose}
      />
    );
  }
  return (
    <section className="k-card k-people-card" aria-labelledby="people-create">
      <h2 id="people-create">{t('people.create')}</h2>
      <p>{t('people.create.lead')}</p>
      {create.isError && <ProblemNotice error={create.error} />}
      <AccountFields pending={create.isPending} onCancel={onClose} onSubmit={(body) => create.mutate({ body })} />
    </section>
  );
}

interface NewAccount {
  readonly username: string;
  readonly role: string;
  readonly fullName?: string;
  readonly email?: string;
}

interface AccountFieldsProps {
  readonly pending: boolean;
  readonly onCancel: () => void;
  readonly onSubmit: (account: NewAccount) => void;
}

function AccountFields({ pending, onCancel, onSubmit }: AccountFieldsProps) {
  const { t } = useTexts();
  const [username, setUsername] = useState('');
  const [role, setRole] = useState('viewer');
  const [fullName, setFullName] = useState('');
  const [email, setEmail] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    const given = Object.entries({ fullName, email }).filter(([, text]) => text.trim() !== '');
    onSubmit({
      username: username.trim(),
      role,
      ...Object.fromEntries(given.map(([key, text]) => [key, text.trim()])),
    });
  }
  return (
    <form onSubmit={submit} className="k-people-form">
      <TextInput
        label={t('people.username')}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        minLength={3}
        maxLength={50}
        required
      />
      <TextInput
        label={t('people.full-name')}
        value={fullName}
        maxLength={100}
        onChange={(event) => setFullName(event.currentTarget.value)}
      />
      <TextInput
        type="email"
        label={t('people.email')}
        value={email}
        maxLength={100}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <RoleChoice value={role} onChange={setRole} />
      <Group gap="xs">
        <Button type="submit" loading={pending}>
          {t('people.create')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('people.cancel')}
        </Button>
      </Group>
    </form>
  );
}
