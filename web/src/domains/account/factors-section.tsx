import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type FactorsView, readFactors } from '#platform/identity/contract';

import { useRouteQuery } from '../../lib/route-query.ts';
import { Moment } from '../../ui/moment.tsx';
import { Notice } from '../../ui/notice.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { ProofForm } from './proof-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TotpSetup } from './totp-setup.tsx';

/** One's own second factor: set up, new recovery codes, taken off. */
export function FactorsSection() {
  const { t } = useTranslation();
  const query = useRouteQuery(readFactors, { params: { user: 'me' } });
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <section className="k-card k-account-form">
      <h2>{t('factor.title')}</h2>
      <p>{t('factor.lead')}</p>
      <QueryView query={query}>
        {(factors) => {
          if (codes !== undefined) return <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />;
          if (factors.totpSince === null) {
            return (
              <>
                {factors.required && <Notice tone="warn" title={t('factor.required')} />}
                <TotpSetup hasPassword={factors.needsPassword} onCodes={setCodes} />
              </>
            );
          }
          return <Present factors={factors} onCodes={setCodes} />;
        }}
      </QueryView>
    </section>
  );
}

interface PresentProps {
  readonly factors: FactorsView;
  readonly onCodes: (codes: readonly string[]) => void;
}

function Present({ factors, onCodes }: PresentProps) {
  const { t } = useTranslation();
  const [act, setAct] = useState<'renew' | 'remove'>();
  return (
    <>
      <p>
        {t('factor.since')} {factors.totpSince !== null && <Moment at={factors.totpSince} />}
        <br />
        {t('factor.codes-left', { count: factors.recoveryCodesLeft })}
      </p>
      {act === undefined ? (
        <>
          <Button variant="default" onClick={() => setAct('renew')}>
            {t('factor.renew')}
          </Button>
          <Button variant="default" color="red" onClick={() => setAct('remove')}>
            {t('factor.remove')}
          </Button>
        </>
      ) : (
        <ProofForm act={act} hasPassword={factors.needsPassword} onCodes={onCodes} onDone={() => setAct(undefined)} />
      )}
    </>
  );
}
