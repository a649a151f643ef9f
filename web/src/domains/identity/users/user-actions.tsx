import { Button, Checkbox, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';

import {
  type AccountView,
  createResetLink,
  deleteUser,
  listEveryKey,
  listEverySession,
  listKeys,
  listRoles,
  listSessions,
  listUsers,
  readUser,
  setActive,
  unlockUser,
} from '#platform/identity/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { linkOf, ShownOnce } from '../shown-once.tsx';
import { RoleChange } from './role-change.tsx';

const stales = [readUser, listUsers, listRoles, listSessions, listKeys, listEverySession, listEveryKey];

interface AccountProps {
  readonly account: AccountView;
}

/** What an administrator may do with somebody else's account. */
export function UserActions({ account }: AccountProps) {
  return (
    <section className="k-card k-people-card">
      <RoleChange account={account} />
      <Group gap="xs" align="start">
        {account.lockedUntil !== null && <Unlock account={account} />}
        {account.kind === 'local' && account.active && <ResetLink account={account} />}
        {account.active ? <Disable account={account} /> : <Enable account={account} />}
        <Remove account={account} />
      </Group>
    </section>
  );
}

function Unlock({ account: { id, username } }: AccountProps) {
  const { t } = useTexts();
  const unlock = useRouteMutation(unlockUser, {
    stales,
    onSuccess: () => notifications.show({ message: t('people.unlocked', { user: username }) }),
  });
  return (
    <>
      <Button size="compact-sm" loading={unlock.isPending} onClick={() => unlock.mutate({ params: { user: id } })}>
        {t('people.unlock')}
      </Button>
      {unlock.isError && <ProblemNotice error={unlock.error} />}
    </>
  );
}

function ResetLink({ account: { id, username: user } }: AccountProps) {
  const { t } = useTexts();
  const reset = useRouteMutation(createResetLink);
  if (reset.data !== undefined) {
    return (
      <ShownOnce
        title={t('people.once.password', { user })}
        secret={linkOf(reset.data.path)}
        expiresAt={reset.data.expiresAt}
        onClose={reset.reset}
      />
    );
  }
  return (
    <ConfirmAction
      label={t('people.reset')}
      question={t('people.reset.question', { user })}
      consequence={t('people.reset.consequence')}
      tone="warn"
      mutation={reset}
      onConfirm={() => reset.mutate({ params: { user: id } })}
    />
  );
}

function Disable({ account: { id, username: user } }: AccountProps) {
  const { t } = useTexts();
  const disable = useRouteMutation(setActive, {
    stales,
    onSuccess: () => notifications.show({ message: t('people.disabled', { user }) }),
  });
  return (
    <ConfirmAction
      label={t('people.disable')}
      question={t('people.disable.question', { user })}
      consequence={t('people.disable.consequence')}
      mutation={disable}
      onConfirm={(done) => disable.mutate({ params: { user: id }, body: { active: false } }, { onSuccess: done })}
    />
  );
}

function Enable({ account: { id, username: user } }: AccountProps) {
  const { t } = useTexts();
  const enable = useRouteMutation(setActive, {
    stales,
    onSuccess: () => notifications.show({ message: t('people.enabled', { user }) }),
  });
  return (
    <>
      <Button
        size="compact-sm"
        loading={enable.isPending}
        onClick={() => enable.mutate({ params: { user: id }, body: { active: true } })}
      >
        {t('people.enable')}
      </Button>
      {enable.isError && <ProblemNotice error={enable.error} />}
    </>
  );
}

function Remove({ account: { id, username: user } }: AccountProps) {
  const { t } = useTexts();
  const [anonymise, setAnonymise] = useState(false);
  const remove = useRouteMutation(deleteUser, {
    stales,
    onSuccess: () => notifications.show({ message: t('people.remove.done', { user }) }),
  });
  return (
    <ConfirmAction
      label={t('people.remove')}
      question={t('people.remove.question', { user })}
      consequence={t('people.remove.consequence')}
      mutation={remove}
      onConfirm={(done) =>
        remove.mutate({ params: { user: id }, query: { anonymise: anonymise ? 'true' : 'false' } }, { onSuccess: done })
      }
    >
      <Checkbox
        mt="xs"
        label={t('people.remove.anonymise')}
        checked={anonymise}
        onChange={(event) => setAnonymise(event.currentTarget.checked)}
      />
    </ConfirmAction>
  );
}
