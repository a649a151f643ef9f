import type { AccountView } from '#platform/identity/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge } from '../../../ui/state-badge.tsx';

/** The one state that matters most. */
export function AccountState({ account }: { readonly account: AccountView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { anonymisedAt, active, lockedUntil, kind, passwordChangedAt } = account;
  if (anonymisedAt !== null) return <StateBadge tone="calm" label={t('people.state.removed')} />;
  if (!active) return <StateBadge tone="warn" icon="pause" label={t('people.state.disabled')} />;
  if (lockedUntil !== null) {
    return <StateBadge tone="bad" label={t('people.state.locked', { until: format.dateTime(lockedUntil) })} />;
  }
  if (kind === 'local' && passwordChangedAt === null) {
    return <StateBadge tone="info" label={t('people.state.no-password')} />;
  }
  return <StateBadge tone="ok" label={t('people.state.active')} />;
}
