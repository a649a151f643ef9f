import { Button, Group } from '@mantine/core';
import { useState } from 'react';

import { listRules, type NamedRule, removeRule } from '#platform/notify/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { AddableSection } from './addable-section.tsx';
import { RouteForm } from './route-form.tsx';

export function Routes() {
  const { t } = useTexts();
  return (
    <AddableSection
      words={{
        title: t('notify.routes'),
        lead: t('notify.routes.lead'),
        add: t('notify.route.add'),
        none: t('notify.routes.none'),
      }}
      query={useRouteQuery(listRules)}
      form={(onDone) => <RouteForm onDone={onDone} />}
      item={(rule) => <RouteItem key={rule.name} rule={rule} />}
    />
  );
}

function RouteItem({ rule }: { readonly rule: NamedRule }) {
  const { t } = useTexts();
  const { name, enabled, minSeverity, level, targets, kinds, subjects, tags, sites, hours } = rule;
  const conditions = [...kinds, ...subjects, ...tags, ...sites];
  return (
    <li>
      <div className="k-alerts-row">
        <h3>{name}</h3>
        {!enabled && <StateBadge tone="calm" icon="pause" label={t('notify.off')} />}
        <span>{t('notify.from-severity', { severity: t(`alerts.severity.${minSeverity}`) })}</span>
        <span>{level === 0 ? t('notify.at-once') : t('notify.at-level', { level })}</span>
      </div>
      <p className="k-mono">{targets.join(' ')}</p>
      {conditions.length > 0 && <p className="k-alerts-dim">{t('notify.only', { what: conditions.join(', ') })}</p>}
      {hours !== null && (
        <p className="k-alerts-dim">
          {hours.from}–{hours.until} ({hours.zone})
        </p>
      )}
      <RouteActions rule={rule} />
    </li>
  );
}

function RouteActions({ rule }: { readonly rule: NamedRule }) {
  const { t } = useTexts();
  const mayConfigure = useMay('system:configure');
  const [isEditing, setIsEditing] = useState(false);
  const remove = useRouteMutation(removeRule, { stales: [listRules] });
  if (!mayConfigure) return null;
  if (isEditing) return <RouteForm rule={rule} onDone={() => setIsEditing(false)} />;
  const { name } = rule;
  return (
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
        consequence={t('notify.remove-route.consequence')}
        mutation={remove}
        onConfirm={(done) => remove.mutate({ params: { name } }, { onSuccess: done })}
      />
    </Group>
  );
}
