import { Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import type { Permission } from '#platform/contract';
import { listRoles, type RoleView, saveRole } from '#platform/identity/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { NetworksInput, networksOf } from '../networks-input.tsx';
import { PermissionChoice } from './permission-choice.tsx';

interface RoleFormProps {
  /** The one to change; a new one without. */
  readonly role?: RoleView;
  readonly onDone: () => void;
}

/** Of a built-in role only the networks can be set. */
export function RoleForm({ role, onDone }: RoleFormProps) {
  const { t } = useTexts();
  const [name, setName] = useState(role?.name ?? '');
  const [title, setTitle] = useState(role?.title ?? '');
  const [chosen, setChosen] = useState<readonly Permission[]>(role?.permissions ?? []);
  const [networks, setNetworks] = useState(role?.networks.join('\n') ?? '');
  const save = useRouteMutation(saveRole, {
    stales: [listRoles],
    onSuccess: () => {
      notifications.show({ message: t('people.role.saved', { role: title.trim() === '' ? name : title.trim() }) });
      onDone();
    },
  });
  const builtIn = role?.builtIn === true;
  function submit(event: FormEvent): void {
    event.preventDefault();
    const own = { title: title.trim() === '' ? null : title.trim(), permissions: [...chosen] };
    save.mutate({ params: { name: name.trim() }, body: { networks: networksOf(networks), ...(builtIn ? {} : own) } });
  }
  return (
    <form onSubmit={submit} className="k-people-form">
      {save.isError && <ProblemNotice error={save.error} />}
      {role === undefined && (
        <TextInput
          label={t('people.role.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          pattern="[a-z][a-z0-9\-]{1,39}"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      )}
      {!builtIn && (
        <>
          <TextInput
            label={t('people.role.shown-as')}
            value={title}
            maxLength={100}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <PermissionChoice value={chosen} onChange={setChosen} />
        </>
      )}
      <NetworksInput label={t('people.role.networks')} value={networks} onChange={setNetworks} />
      <Group gap="xs">
        <Button type="submit" loading={save.isPending}>
          {t('people.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('people.cancel')}
        </Button>
      </Group>
    </form>
  );
}
