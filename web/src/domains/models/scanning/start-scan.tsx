import { Button } from '@mantine/core';

import { readScanStatus, startScan } from '#models/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

export function StartScan() {
  const { t } = useTexts();
  const may = useMay('models:write');
  const open = useRouteQuery(readScanStatus).data?.open;
  const start = useRouteMutation(startScan, { stales: [readScanStatus] });
  if (!may) return <p>{t('models.scan.forbidden')}</p>;
  if (open !== undefined && open !== null && open.status !== 'paused') return null;
  return (
    <>
      {start.isError && <ProblemNotice error={start.error} />}
      <Button loading={start.isPending} onClick={() => start.mutate({ body: {} })}>
        {t('models.scan.start')}
      </Button>
    </>
  );
}
