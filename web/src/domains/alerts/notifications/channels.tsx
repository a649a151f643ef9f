import { Button, Group } from '@mantine/core';
import { useState } from 'react';

import {
  type ChannelView,
  listChannels,
  removeChannel,
  renewChannelSecret,
  testChannel,
} from '#platform/notify/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { AddableSection } from './addable-section.tsx';
import { ChannelForm } from './channel-form.tsx';
import { SecretNotice } from './secret-notice.tsx';

export function Channels() {
  const { t } = useTexts();
  return (
    <AddableSection
      words={{
        title: t('notify.channels'),
        lead: t('notify.channels.lead'),
        add: t('notify.channel.add'),
        none: t('notify.channels.none'),
      }}
      query={useRouteQuery(listChannels)}
      form={(onDone) => <ChannelForm onDone={onDone} />}
      item={(channel) => <ChannelItem key={channel.name} channel={channel} />}
    />
  );
}

function ChannelItem({ channel }: { readonly channel: ChannelView }) {
  const { t } = useTexts();
  const { name, kind, host, minSeverity, health } = channel;
  return (
    <li>
      <div className="k-alerts-row">
        <h3>{name}</h3>
        <ChannelHealth channel={channel} />
      </div>
      <p className="k-alerts-dim">
        {t(`notify.kind.${kind}`)} · {host} ·{' '}
        {t('notify.from-severity', { severity: t(`alerts.severity.${minSeverity}`) })}
        {health.lastSentAt !== null && (
          <>
            {' '}
            · {t('notify.last-sent')} <Moment at={health.lastSentAt} />
          </>
        )}
      </p>
      {health.failures > 0 && health.lastReason !== null && <p>{health.lastReason}</p>}
      <ChannelActions channel={channel} />
    </li>
  );
}

function ChannelHealth({ channel: { enabled, health } }: { readonly channel: ChannelView }) {
  const { t } = useTexts();
  if (!enabled) return <StateBadge tone="calm" icon="pause" label={t('notify.off')} />;
  if (health.failures > 0) return <StateBadge tone="bad" label={t('notify.failing', { count: health.failures })} />;
  return health.lastSentAt === null ? (
    <StateBadge tone="calm" label={t('notify.unused')} />
  ) : (
    <StateBadge tone="ok" label={t('notify.works')} />
  );
}

function ChannelActions({ channel }: { readonly channel: ChannelView }) {
  const { t } = useTexts();
  const mayConfigure = useMay('system:configure');
  const [isEditing, setIsEditing] = useState(false);
  const stales = [listChannels];
  const test = useRouteMutation(testChannel, { stales });
  const remove = useRouteMutation(removeChannel, { stales });
  const renew = useRouteMutation(renewChannelSecret, { stales });
  if (!mayConfigure) return null;
  if (isEditing) return <ChannelForm channel={channel} onDone={() => setIsEditing(false)} />;
  const { name, kind } = channel;
  const params = { name };
  return (
    <>
      {test.isSuccess && (
        <Notice tone="ok" role="status" title={t('notify.tested', { status: test.data.status, ms: test.data.ms })}>
          {test.data.answer !== '' && <p className="k-mono">{test.data.answer}</p>}
        </Notice>
      )}
      {test.isError && <ProblemNotice error={test.error} />}
      {renew.isSuccess && <SecretNotice secret={renew.data.secret} />}
      <Group gap="xs" align="start">
        <Button
          size="compact-sm"
          loading={test.isPending}
          onClick={() => test.mutate({ params })}
          aria-label={t('notify.test.of', { name })}
        >
          {t('notify.test')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => setIsEditing(true)}
          aria-label={t('notify.edit.of', { name })}
        >
          {t('notify.edit')}
        </Button>
        {kind === 'webhook' && (
          <ConfirmAction
            label={t('notify.renew')}
            name={t('notify.renew.of', { name })}
            question={t('notify.renew.question', { name })}
            consequence={t('notify.renew.consequence')}
            tone="warn"
            mutation={renew}
            onConfirm={(done) => renew.mutate({ params, body: {} }, { onSuccess: done })}
          />
        )}
        <ConfirmAction
          label={t('notify.remove')}
          name={t('notify.remove.of', { name })}
          question={t('notify.remove.question', { name })}
          consequence={t('notify.remove-channel.consequence')}
          mutation={remove}
          onConfirm={(done) => remove.mutate({ params }, { onSuccess: done })}
        />
      </Group>
    </>
  );
}
