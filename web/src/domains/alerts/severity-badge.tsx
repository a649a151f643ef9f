import type { AlertView } from '#platform/alerts/contract';
import type { Severity } from '#platform/notify/contract';
import { useTexts } from '../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../ui/state-badge.tsx';

const tones: Readonly<Record<Severity, Tone>> = { info: 'info', warning: 'warn', error: 'bad', critical: 'bad' };

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  const { t } = useTexts();
  return <StateBadge tone={tones[severity]} label={t(`alerts.severity.${severity}`)} />;
}

/** Whether somebody takes care of it. */
export function AlertStateBadge({ alert }: { readonly alert: AlertView }) {
  const { t } = useTexts();
  if (alert.state === 'resolved') return <StateBadge tone="ok" label={t('alerts.state.resolved')} />;
  if (alert.snoozedUntil !== null) return <StateBadge tone="calm" icon="pause" label={t('alerts.state.snoozed')} />;
  return alert.state === 'acknowledged' ? (
    <StateBadge tone="calm" icon="person" label={t('alerts.state.acknowledged')} />
  ) : (
    <StateBadge tone="info" label={t('alerts.state.open')} />
  );
}
