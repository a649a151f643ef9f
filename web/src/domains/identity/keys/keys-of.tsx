import { Button } from '@mantine/core';
import { useState } from 'react';

import { type AccountView, listKeys } from '#platform/identity/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { QueryView } from '../../../ui/query-view.tsx';
import { refreshMs } from '../refresh-ms.ts';
import { KeyItem } from './key-item.tsx';
import type { MadeKey } from './made-key.ts';
import { MadeKeyNotice } from './made-key-notice.tsx';
import { NewKeyForm } from './new-key-form.tsx';

interface KeysOfProps {
  readonly user: Pick<AccountView, 'id' | 'username'>;
  readonly mayChange: boolean;
}

/** The API keys of one account. */
export function KeysOf({ user, mayChange }: KeysOfProps) {
  const { t } = useTexts();
  const query = useRouteQuery(listKeys, { params: { user: user.id } }, { refetchInterval: () => refreshMs });
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeKey>();
  function show(key: MadeKey): void {
    setMaking(false);
    setMade(key);
  }
  return (
    <section className="k-card k-people-card" aria-labelledby="people-keys">
      <h2 id="people-keys">{t('people.keys')}</h2>
      <MadeKeyNotice made={made} onClose={() => setMade(undefined)} />
      {mayChange && !making && (
        <div>
          <Button size="compact-sm" onClick={() => setMaking(true)}>
            {t('people.key.new')}
          </Button>
        </div>
      )}
      {making && <NewKeyForm user={user} onMade={show} onCancel={() => setMaking(false)} />}
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('people.keys.none')}</p>
          ) : (
            <ul className="k-plain-list k-people-list">
              {items.map((key) => (
                <KeyItem key={key.id} item={key} user={user} named={false} mayChange={mayChange} onMade={show} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}
