import { readScanStatus } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { OpenScan } from './open-scan.tsx';
import { ScanSummary } from './scan-summary.tsx';
import { ScannedFiles } from './scanned-files.tsx';
import { StartScan } from './start-scan.tsx';
import { useScanProgress } from './use-scan-progress.ts';

export function ScanPage() {
  const { t } = useTexts();
  const status = useRouteQuery(readScanStatus);
  useScanProgress();
  return (
    <>
      <PageHeader title={t('models.scan.title')} lead={t('models.scan.lead')} actions={<StartScan />} />
      <QueryView query={status}>
        {(standing) => (
          <>
            {standing.open !== null && <OpenScan scan={standing.open} total={standing.library.files} />}
            <ScanSummary status={standing} />
          </>
        )}
      </QueryView>
      <ScannedFiles />
    </>
  );
}
