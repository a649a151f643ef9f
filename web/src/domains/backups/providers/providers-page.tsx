import '../jobs/jobs.css';

import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';

import { checkBackupProvider, listBackupProviders, type ProviderView, removeBackupProvider } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { ProviderForm } from './provider-form.tsx';
import { RoomBySite } from './room-by-site.tsx';

export function ProvidersPage() {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const [making, setMaking] = useState(false);
  const query = useRouteQuery(listBackupProviders);
  return (
    <>
      <PageHeader
        title={t('providers.title')}
        lead={t('providers.lead')}
        actions={may && !making && <Button onClick={() => setMaking(true)}>{t('providers.new')}</Button>}
      />
      <div className="k-register">
        {making && (
          <section className="k-card k-register-card" aria-labelledby="new-provider">
            <h2 id="new-provider">{t('providers.new')}</h2>
            <ProviderForm provider={null} onDone={() => setMaking(false)} />
          </section>
        )}
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNote title={t('providers.none')}>{t('providers.none.advice')}</EmptyNote>
            ) : (
              <>
                <RoomBySite providers={items} />
                {items.map((provider) => (
                  <ProviderItem key={provider.key} provider={provider} />
                ))}
              </>
            )
          }
        </QueryView>
      </div>
    </>
  );
}

interface ProviderProps {
  readonly provider: ProviderView;
}

function ProviderItem({ provider }: ProviderProps) {
  const { t } = useTexts();
  const mayRun = useMay('backups:run');
  const mayConfigure = useMay('system:configure');
  const [editing, setEditing] = useState(false);
  const { key, title, address, active } = provider;
  const stales = [listBackupProviders];
  const check = useRouteMutation(checkBackupProvider, { stales });
  const remove = useRouteMutation(removeBackupProvider, {
    stales,
    onSuccess: () => notifications.show({ message: t('providers.removed', { provider: title }) }),
  });
  const params = { key };
  return (
    <section className="k-card k-register-card" aria-labelledby={`provider-${key}`}>
      <h2 id={`provider-${key}`}>{title}</h2>
      {!active && <StateBadge tone="calm" icon="pause" label={t('providers.off')} />}
      {editing ? (
        <ProviderForm provider={provider} onDone={() => setEditing(false)} />
      ) : (
        <ShownProvider provider={provider} />
      )}
      {check.isError && <ProblemNotice error={check.error} />}
      {!editing && (
        <Group gap="xs" align="start">
          {mayRun && address !== null && (
            <Button
              size="compact-sm"
              variant="default"
              loading={check.isPending}
              aria-label={`${t('providers.check')}: ${title}`}
              onClick={() => check.mutate({ params })}
            >
              {t('providers.check')}
            </Button>
          )}
          {mayConfigure && (
            <>
              <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
                {t('register.edit')}
              </Button>
              <ConfirmAction
                label={t('providers.remove')}
                name={`${t('providers.remove')}: ${title}`}
                question={t('providers.remove.question', { provider: title })}
                consequence={t('providers.remove.consequence')}
                mutation={remove}
                onConfirm={(done) => remove.mutate({ params }, { onSuccess: done })}
              />
            </>
          )}
        </Group>
      )}
    </section>
  );
}

function ShownProvider({ provider }: ProviderProps) {
  const { t } = useTexts();
  const format = useFormat();
  const { address, site, media, hasLogin, copies, check, forecast, warnPercent } = provider;
  const { loginEndsOn, certificateEndsAt, loginEnding, certificateEnding } = provider;
  const fullOn = forecast?.fullOn ?? null;
  return (
    <>
      {check !== null && <CheckBadge check={check} />}
      {loginEnding && <StateBadge tone="warn" label={t('providers.login-ending')} />}
      {certificateEnding && <StateBadge tone="warn" label={t('providers.certificate-ending')} />}
      <Facts
        facts={[
          { term: t('providers.address'), value: address ?? t('providers.no-address') },
          { term: t('register.site'), value: site },
          { term: t('register.copy.media'), value: t(`backups.media.${media}`) },
          { term: t('providers.login'), value: t(hasLogin ? 'providers.login.kept' : 'providers.login.none') },
          ...(loginEndsOn === null ? [] : [{ term: t('providers.login-ends'), value: format.date(loginEndsOn) }]),
          ...(certificateEndsAt === null
            ? []
            : [{ term: t('providers.certificate-ends'), value: format.date(certificateEndsAt) }]),
          { term: t('backups.copies'), value: format.number(copies) },
          { term: t('providers.warn-percent'), value: format.percent(warnPercent / 100) },
          ...(check === null ? [] : spaceFacts(check)),
          ...(fullOn === null || forecast === null
            ? []
            : [{ term: t('providers.full-on'), value: t('providers.full-on.value', { ...forecast, fullOn }) }]),
        ]}
      />
      {check?.error !== null && check?.error !== undefined && <p role="status">{check.error.text}</p>}
    </>
  );

  function spaceFacts(one: NonNullable<ProviderView['check']>) {
    return [
      { term: t('providers.checked'), value: <Moment at={one.at} /> },
      ...(one.latencyMs === null
        ? []
        : [
            {
              term: t('providers.latency'),
              value: t('providers.ms', { ms: format.number(Math.round(one.latencyMs)) }),
            },
          ]),
      ...(one.totalBytes === null ? [] : [{ term: t('providers.total'), value: format.bytes(one.totalBytes) }]),
      { term: t('providers.free'), value: one.freeBytes === null ? '–' : format.bytes(one.freeBytes) },
      { term: t('providers.used'), value: one.usedPercent === null ? '–' : format.percent(one.usedPercent / 100) },
    ];
  }
}

function CheckBadge({ check }: { readonly check: NonNullable<ProviderView['check']> }) {
  const { t } = useTexts();
  if (!check.passed) return <StateBadge tone="bad" label={t('providers.failed')} />;
  if (check.spaceLow) return <StateBadge tone="warn" label={t('providers.space-low')} />;
  return <StateBadge tone="ok" label={t('providers.passed')} />;
}
