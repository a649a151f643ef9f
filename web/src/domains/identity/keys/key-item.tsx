import { Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';

import {
  type KeyView,
  listEveryKey,
  listKeys,
  type OwnerView,
  revokeKey,
  rotateKey,
} from '#platform/identity/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { isOver, KeyState } from './key-state.tsx';
import type { MadeKey } from './made-key.ts';
import { useScopeWords } from './scope-words.ts';

interface KeyItemProps {
  readonly item: KeyView;
  readonly user: Pick<OwnerView, 'id' | 'username'>;
  /** Among those of everybody: says whose it is. */
  readonly named: boolean;
  readonly mayChange: boolean;
  readonly onMade: (key: MadeKey) => void;
}

export function KeyItem(props: KeyItemProps) {
  const { item, user, named, mayChange } = props;
  const { t } = useTexts();
  const scopeWords = useScopeWords();
  const { name, prefix, scopes, networks, boundTo, expiresAt, lastUsedAt } = item;
  return (
    <li>
      <header>
        <h3>{name}</h3>
        <KeyState item={item} />
      </header>
      <Facts
        facts={[
          ...(named ? [{ term: t('people.key.owner'), value: <KeyOwner user={user} /> }] : []),
          { term: t('people.key.prefix'), value: <span className="k-mono">{prefix}…</span> },
          { term: t('people.key.scopes'), value: scopes.map(scopeWords).join(' · ') },
          {
            term: t('people.key.networks'),
            value: networks.length === 0 ? t('people.everywhere') : networks.join(', '),
          },
          ...(boundTo.length === 0 ? [] : [{ term: t('people.key.jobs'), value: boundTo.join(', ') }]),
          { term: t('people.key.used'), value: lastUsedAt === null ? t('people.never') : <Moment at={lastUsedAt} /> },
          {
            term: t('people.key.expires'),
            value: expiresAt === null ? t('people.key.endless') : <Moment at={expiresAt} as="exact" />,
          },
        ]}
      />
      {mayChange && !isOver(item) && <KeyActions {...props} />}
    </li>
  );
}

function KeyOwner({ user }: Pick<KeyItemProps, 'user'>) {
  return (
    <span className="k-people-name">
      <Link to="/operations/users/$user" params={{ user: user.id }}>
        {user.username}
      </Link>
    </span>
  );
}

const stales = [listKeys, listEveryKey];

function KeyActions({ item: { id, name, replacedBy }, user, onMade }: KeyItemProps) {
  const { t } = useTexts();
  const params = { user: user.id, id };
  const rotate = useRouteMutation(rotateKey, { stales, onSuccess: onMade });
  const revoke = useRouteMutation(revokeKey, {
    stales,
    onSuccess: () => notifications.show({ message: t('people.key.gone', { name }) }),
  });
  return (
    <Group gap="xs" align="start">
      {replacedBy === null && (
        <ConfirmAction
          label={t('people.key.rotate')}
          name={t('people.key.rotate.of', { name })}
          question={t('people.key.rotate.question', { name })}
          consequence={t('people.key.rotate.consequence')}
          tone="warn"
          mutation={rotate}
          onConfirm={(done) => rotate.mutate({ params, body: {} }, { onSuccess: done })}
        />
      )}
      <ConfirmAction
        label={t('people.key.revoke')}
        name={t('people.key.revoke.of', { name })}
        question={t('people.key.revoke.question', { name })}
        consequence={t('people.key.revoke.consequence')}
        mutation={revoke}
        onConfirm={(done) => revoke.mutate({ params }, { onSuccess: done })}
      />
    </Group>
  );
}
