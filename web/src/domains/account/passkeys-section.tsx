import { Button } from '@mantine/core';
import { useState } from 'react';

import { readFactors } from '#platform/identity/contract';

import { useRouteQuery } from '../../lib/route-query.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { QueryView } from '../../ui/query-view.tsx';
import { NewPasskeyForm } from './new-passkey-form.tsx';
import { OwnPasskey } from './own-passkey.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** One's own passkeys: added, named, removed. */
export function PasskeysSection() {
  const { t } = useTexts();
  const query = useRouteQuery(readFactors, { params: { user: 'me' } });
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState(false);
  return (
    <section className="k-card k-account-form">
      <h2>{t('passkey.title')}</h2>
      <p>{t('passkey.lead')}</p>
      {codes.length > 0 && <RecoveryCodes codes={codes} onKept={() => setCodes([])} />}
      <QueryView query={query}>
        {({ passkeys, needsPassword }) => (
          <>
            {passkeys.length > 0 && (
              <ul className="k-plain-list k-account-passkeys">
                {passkeys.map((passkey) => (
                  <li key={passkey.id}>
                    <OwnPasskey passkey={passkey} hasPassword={needsPassword} />
                  </li>
                ))}
              </ul>
            )}
            {adding ? (
              <NewPasskeyForm hasPassword={needsPassword} onCodes={setCodes} onDone={() => setAdding(false)} />
            ) : (
              <Button variant="default" onClick={() => setAdding(true)}>
                {t('passkey.add')}
              </Button>
            )}
          </>
        )}
      </QueryView>
    </section>
  );
}
