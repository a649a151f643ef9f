import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { createInvitation, listInvitations } from '#platform/identity/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { RoleChoice } from '../role-choice.tsx';
import { linkOf, ShownOnce } from '../shown-once.tsx';

export function NewInvitationForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [role, setRole] = useState('viewer');
  const [email, setEmail] = useState('');
  const invite = useRouteMutation(createInvitation, { stales: [listInvitations] });
  if (invite.data !== undefined) {
    const { path, expiresAt } = invite.data.link;
    return (
      <ShownOnce title={t('people.once.invitation')} secret={linkOf(path)} expiresAt={expiresAt} onClose={onClose} />
    );
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    invite.mutate({ body: { role, ...(email.trim() === '' ? {} : { email: email.trim() }) } });
  }
  return (
    <section className="k-card k-people-card" aria-labelledby="people-invite">
      <h2 id="people-invite">{t('people.invite')}</h2>
      <p>{t('people.invite.lead')}</p>
      {invite.isError && <ProblemNotice error={invite.error} />}
      <form onSubmit={submit} className="k-people-form">
        <RoleChoice value={role} onChange={setRole} />
        <TextInput
          type="email"
          label={t('people.email')}
          value={email}
          maxLength={100}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button type="submit" loading={invite.isPending}>
            {t('people.invite')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('people.cancel')}
          </Button>
        </Group>
      </form>
    </section>
  );
}
