import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { type GroupView, listGroups, removeGroup, saveGroup } from '#platform/notify/contract';
import { partsOf } from '../../../lib/parts-of.ts';
import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { AddableSection } from './addable-section.tsx';

export function Groups() {
  const { t } = useTexts();
  return (
    <AddableSection
      words={{
        title: t('notify.groups'),
        add: t('notify.group.add'),
        none: t('notify.groups.none'),
      }}
      query={useRouteQuery(listGroups)}
      form={(onDone) => <GroupForm onDone={onDone} />}
      item={(group) => <GroupItem key={group.name} group={group} />}
    />
  );
}

function GroupItem({ group }: { readonly group: GroupView }) {
  const { t } = useTexts();
  const mayConfigure = useMay('system:configure');
  const [isEditing, setIsEditing] = useState(false);
  const remove = useRouteMutation(removeGroup, { stales: [listGroups] });
  const { name, members } = group;
  return (
    <li>
      <h3>{name}</h3>
      {isEditing ? (
        <GroupForm group={group} onDone={() => setIsEditing(false)} />
      ) : (
        <p className="k-mono">{members.join(' ')}</p>
      )}
      {mayConfigure && !isEditing && (
        <Group gap="xs" align="start">
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => setIsEditing(true)}
            aria-label={t('notify.edit.of', { name })}
          >
            {t('notify.edit')}
          </Button>
          <ConfirmAction
            label={t('notify.remove')}
            name={t('notify.remove.of', { name })}
            question={t('notify.remove.question', { name })}
            consequence={t('notify.remove-group.consequence')}
            mutation={remove}
            onConfirm={(done) => remove.mutate({ params: { name } }, { onSuccess: done })}
          />
        </Group>
      )}
    </li>
  );
}

interface GroupFormProps {
  /** The one to change; a new one without. */
  readonly group?: GroupView;
  readonly onDone: () => void;
}

function GroupForm({ group, onDone }: GroupFormProps) {
  const { t } = useTexts();
  const [name, setName] = useState(group?.name ?? '');
  const [members, setMembers] = useState(group?.members.join('\n') ?? '');
  const save = useRouteMutation(saveGroup, { stales: [listGroups], onSuccess: onDone });
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ params: { name: name.trim() }, body: { members: [...partsOf(members, /\n/)] } });
  }
  return (
    <form className="k-alerts-form" onSubmit={submit}>
      {save.isError && <ProblemNotice error={save.error} />}
      {group === undefined && (
        <TextInput
          label={t('notify.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          pattern="[a-z0-9][a-z0-9\-]{0,59}"
          required
        />
      )}
      <Textarea
        label={t('notify.members')}
        description={t('notify.members.how')}
        value={members}
        onChange={(event) => setMembers(event.currentTarget.value)}
        autosize
        minRows={2}
        spellCheck={false}
        required
      />
      <Group gap="xs">
        <Button type="submit" loading={save.isPending}>
          {t('notify.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('notify.cancel')}
        </Button>
      </Group>
    </form>
  );
}
