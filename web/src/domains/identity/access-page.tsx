import './people.css';

import { Switch } from '@mantine/core';
import { useState } from 'react';

import { listEveryKey, listEverySession } from '#platform/identity/contract';

import { useRouteQuery } from '../../lib/route-query.ts';
import { useMay } from '../../lib/session.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { KeyItem } from './keys/key-item.tsx';
import type { MadeKey } from './keys/made-key.ts';
import { MadeKeyNotice } from './keys/made-key-notice.tsx';
import { ReadOnlyNote } from './read-only-note.tsx';
import { refreshMs } from './refresh-ms.ts';
import { SessionItem } from './sessions/session-item.tsx';

/** Who is logged in, and what else opens something: of everybody. */
export function AccessPage() {
  const { t } = useTexts();
  return (
    <>
      <PageHeader title={t('people.access')} lead={t('people.access.lead')} />
      <div className="k-people">
        <ReadOnlyNote />
        <EverySession />
        <EveryKey />
      </div>
    </>
  );
}

function EverySession() {
  const { t } = useTexts();
  const may = useMay('users:manage');
  const query = useRouteQuery(listEverySession, {}, { refetchInterval: () => refreshMs });
  return (
    <section className="k-card k-people-card" aria-labelledby="every-session">
      <h2 id="every-session">{t('people.sessions')}</h2>
      <QueryView query={query}>
        {({ items, more }) => (
          <>
            {items.length === 0 && <p>{t('people.sessions.none')}</p>}
            <ul className="k-plain-list k-people-list">
              {items.map(({ user, ...session }) => (
                <SessionItem key={session.id} session={session} user={user} named mayEnd={may} />
              ))}
            </ul>
            {more && <p className="k-people-note">{t('people.truncated')}</p>}
          </>
        )}
      </QueryView>
    </section>
  );
}

function EveryKey() {
  const { t } = useTexts();
  const may = useMay('users:manage');
  const [all, setAll] = useState(false);
  const [made, setMade] = useState<MadeKey>();
  const query = useRouteQuery(
    listEveryKey,
    { query: { state: all ? 'all' : 'live' } },
    { refetchInterval: () => refreshMs },
  );
  return (
    <section className="k-card k-people-card" aria-labelledby="every-key">
      <h2 id="every-key">{t('people.keys')}</h2>
      <Switch
        size="xs"
        label={t('people.keys.all')}
        checked={all}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
      <MadeKeyNotice made={made} onClose={() => setMade(undefined)} />
      <QueryView query={query}>
        {({ items, more }) => (
          <>
            {items.length === 0 && <p>{t('people.keys.none')}</p>}
            <ul className="k-plain-list k-people-list">
              {items.map(({ user, ...key }) => (
                <KeyItem key={key.id} item={key} user={user} named mayChange={may} onMade={setMade} />
              ))}
            </ul>
            {more && <p className="k-people-note">{t('people.truncated')}</p>}
          </>
        )}
      </QueryView>
    </section>
  );
}
