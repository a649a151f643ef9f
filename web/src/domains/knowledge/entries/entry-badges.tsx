import './entry-badges.css';

import { useTranslation } from 'react-i18next';

import type { EntryStatus, EntryType } from '#knowledge/contract';

import { StateBadge } from '../../../ui/state-badge.tsx';

interface EntryBadgesProps {
  readonly type: EntryType;
  readonly status: EntryStatus;
  readonly tags: readonly string[];
}

/** What kind of entry it is; its status only where it is not the usual one. */
export function EntryBadges({ type, status, tags }: EntryBadgesProps) {
  const { t } = useTranslation();
  return (
    <span className="k-entry-badges">
      <StateBadge tone="info" icon="book" label={t(`knowledge.type.${type}`)} />
      {status !== 'published' && <StateBadge tone="warn" icon="pause" label={t(`knowledge.status.${status}`)} />}
      {tags.map((tag) => (
        <span key={tag} className="k-tag">
          {tag}
        </span>
      ))}
    </span>
  );
}
