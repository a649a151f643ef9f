import './entry-presence.css';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { readEntry } from '#knowledge/contract';
import { changedSchema, changedTopic, type PresenceMode } from '#platform/live/contract';

import { useLive } from '../../../lib/live.ts';
import { usePresence } from '../../../lib/presence.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';

interface EntryPresenceProps {
  readonly id: string;
  readonly mode: PresenceMode;
}

/** Who else has the entry open; and when somebody changes it, the page follows. */
export function EntryPresence({ id, mode }: EntryPresenceProps) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const subject = `knowledge-entry:${id}`;
  const others = usePresence(subject, mode);
  const [gone, setGone] = useState(false);
  useLive(changedTopic, changedSchema, (changed) => {
    if (changed.subject !== subject) return;
    setGone(changed.gone);
    if (!changed.gone) void queries.invalidateQueries({ queryKey: routeKey(readEntry) });
  });
  if (gone) return <Notice tone="warn" role="status" title={t('knowledge.gone')} />;
  return (
    <ul className="k-plain-list k-presence k-no-print" aria-live="polite" aria-label={t('knowledge.presence')}>
      {others.map(({ id: person, name, mode: theirs }) => (
        <li key={person}>
          <StateBadge
            tone={theirs === 'editing' ? 'warn' : 'calm'}
            icon={theirs === 'editing' ? 'person' : 'eye'}
            label={t(`knowledge.presence.${theirs}`, { name })}
          />
        </li>
      ))}
    </ul>
  );
}
