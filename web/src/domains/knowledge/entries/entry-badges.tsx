import './entry-badges.css';

import type { EntryStatus, EntryType, Visibility } from '#knowledge/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge } from '../../../ui/state-badge.tsx';

interface EntryBadgesProps {
  readonly type: EntryType;
  readonly status: EntryStatus;
  readonly tags: readonly string[];
  readonly visibility?: Visibility;
}

/** What kind of entry it is; its status only where it is not the usual one. */
export function EntryBadges({ type, status, tags, visibility = 'public' }: EntryBadgesProps) {
  const { t } = useTexts();
  return (
    <span className="k-entry-badges">
      <StateBadge tone="info" icon="book" label={t(`knowledge.type.${type}`)} />
      {status !== 'published' && <StateBadge tone="warn" icon="pause" label={t(`knowledge.status.${status}`)} />}
      {visibility !== 'public' && <StateBadge tone="calm" icon="eye" label={t(`knowledge.visibility.${visibility}`)} />}
      {tags.map((tag) => (
        <span key={tag} className="k-tag">
          {tag}
        </span>
      ))}
    </span>
  );
}
