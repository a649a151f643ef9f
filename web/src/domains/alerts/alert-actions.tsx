import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';

import {
  type AlertAction,
  actOnAlerts,
  listAlerts,
  measureAlerts,
  readAlert,
  summariseAlerts,
} from '#platform/alerts/contract';

import { useRouteMutation } from '../../lib/route-query.ts';
import { useMay } from '../../lib/session.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const naps = [60, 240, 1440, 10_080] as const;

interface AlertActionsProps {
  readonly ids: readonly string[];
  readonly onDone?: () => void;
}

/** Take on, put off, close: one alert or many. */
export function AlertActions({ ids, onDone }: AlertActionsProps) {
  const { t } = useTexts();
  const mayAct = useMay('system:operate');
  const [note, setNote] = useState('');
  const [minutes, setMinutes] = useState('60');
  const act = useRouteMutation(actOnAlerts, {
    stales: [listAlerts, readAlert, summariseAlerts, measureAlerts],
    onSuccess: ({ refused }) => {
      setNote('');
      if (refused.length === 0) onDone?.();
    },
  });
  if (!mayAct) return null;
  function send(action: AlertAction): void {
    const said = note.trim() === '' ? {} : { note: note.trim() };
    const nap = action === 'snooze' ? { minutes: Number(minutes) } : {};
    act.mutate({ body: { ids: [...ids], action, ...said, ...nap } });
  }
  const refused = act.data?.refused ?? [];
  return (
    <div className="k-alerts">
      {act.isError && <ProblemNotice error={act.error} />}
      {refused.length > 0 && (
        <Notice tone="warn" role="alert" title={t('alerts.refused', { count: refused.length })}>
          <ul>
            {refused.map(({ id, text }) => (
              <li key={id}>{text}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="k-alerts-fields">
        <TextInput
          size="xs"
          label={t('alerts.note')}
          value={note}
          maxLength={2000}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label={t('alerts.nap')}
          data={naps.map((value) => ({ value: String(value), label: t(`alerts.nap.${value}`) }))}
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
        />
      </div>
      <Group gap="xs">
        {(['acknowledge', 'snooze', 'resolve', 'reopen'] as const).map((action) => (
          <Button
            key={action}
            size="xs"
            variant={action === 'acknowledge' ? 'filled' : 'default'}
            loading={act.isPending && act.variables.body?.action === action}
            onClick={() => send(action)}
          >
            {t(`alerts.act.${action}`)}
          </Button>
        ))}
        <Button size="xs" variant="default" disabled={note.trim() === ''} onClick={() => send('note')}>
          {t('alerts.act.note')}
        </Button>
      </Group>
    </div>
  );
}
