import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { createInvitation, listInvitations } from '#platform/identity/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { RoleChoice } from '../role-choice.tsx';
import { linkOf, ShownOnce } from '../shown-once.tsx';

export function NewInvitationForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const [role, setRole] = useState('viewer');
  const [email, setEmail] = useState('');
  const invite = useRouteMutation(createInvitation, { stales: [listInvitations] });
  if (invite.data !== undefined) {
    const { link, mailed, invitation } = invite.data;
    return (
      <>
        {mailed && <Notice tone="ok" role="status" title={t('people.invite.mailed', { to: invitation.email ?? '' })} />}
        <ShownOnce
          title={t('people.once.invitation')}
          secret={linkOf(link.path)}
          expiresAt={link.expiresAt}
          onClose={onClose}
        />
      </>
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
