import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import {
  disableTotp,
  type FactorsView,
  readFactors,
  readSession,
  renewRecoveryCodes,
} from '#platform/identity/contract';

import { useRouteMutation, useRouteQuery } from '../../lib/route-query.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Moment } from '../../ui/moment.tsx';
import { Notice } from '../../ui/notice.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { ProofForm } from './proof-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TotpSetup } from './totp-setup.tsx';

/** One's own second factor: set up, new recovery codes, taken off. */
export function FactorsSection() {
  const { t } = useTexts();
  const query = useRouteQuery(readFactors, { params: { user: 'me' } });
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <section className="k-card k-account-form">
      <h2>{t('factor.title')}</h2>
      <p>{t('factor.lead')}</p>
      <QueryView query={query}>
        {(factors) => {
          if (codes !== undefined) return <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />;
          const hasAny = factors.totpSince !== null || factors.passkeys.length > 0;
          return (
            <>
              {factors.required && !hasAny && <Notice tone="warn" title={t('factor.required')} />}
              {factors.totpSince === null && <TotpSetup hasPassword={factors.needsPassword} onCodes={setCodes} />}
              {hasAny && <Present factors={factors} onCodes={setCodes} />}
            </>
          );
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
  const { t } = useTexts();
  const [act, setAct] = useState<'renew' | 'remove'>();
  const renew = useRouteMutation(renewRecoveryCodes, {
    stales: [readFactors],
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  const remove = useRouteMutation(disableTotp, {
    stales: [readFactors, readSession],
    onSuccess: () => {
      notifications.show({ message: t('factor.removed') });
    },
  });
  const doing = act === 'renew' ? renew : remove;
  return (
    <>
      <p>
        {factors.totpSince !== null && (
          <>
            {t('factor.since')} <Moment at={factors.totpSince} />
            <br />
          </>
        )}
        {t('factor.codes-left', { count: factors.recoveryCodesLeft })}
      </p>
      {act === undefined ? (
        <>
          <Button variant="default" onClick={() => setAct('renew')}>
            {t('factor.renew')}
          </Button>
          {factors.totpSince !== null && (
            <Button variant="default" onClick={() => setAct('remove')}>
              {t('factor.remove')}
            </Button>
          )}
        </>
      ) : (
        <ProofForm
          key={act}
          lead={t(`factor.${act}-lead`)}
          submit={t(`factor.${act}`)}
          hasPassword={factors.needsPassword}
          doing={doing}
          onProof={(body) => doing.mutate({ body })}
          onCancel={() => setAct(undefined)}
        />
      )}
    </>
  );
}
