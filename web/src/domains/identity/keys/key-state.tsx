import type { KeyView } from '#platform/identity/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge } from '../../../ui/state-badge.tsx';

export function KeyState({ item }: { readonly item: KeyView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { revokedAt, replacedBy, expiresAt } = item;
  if (revokedAt !== null) return <StateBadge tone="calm" label={t('people.key.revoked')} />;
  if (isOver(item)) return <StateBadge tone="calm" label={t('people.key.expired')} />;
  if (replacedBy !== null && expiresAt !== null) {
    return <StateBadge tone="warn" label={t('people.key.replaced', { at: format.dateTime(expiresAt) })} />;
  }
  return <StateBadge tone="ok" label={t('people.key.live')} />;
}

export function isOver({ revokedAt, expiresAt }: KeyView): boolean {
  return revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= Date.now());
}
