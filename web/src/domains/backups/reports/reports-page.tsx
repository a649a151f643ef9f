import '../drills/proof.css';

import { listReporters, listUnclaimed } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { ReportNames } from './report-names.tsx';
import { ReporterTable } from './reporter-table.tsx';
import { UnclaimedItem } from './unclaimed-item.tsx';

const lookAgainMs = 30_000;

/** What other programs report: what nobody has claimed yet, and who reports at all. */
export function ReportsPage() {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const unclaimed = useRouteQuery(listUnclaimed, {}, { refetchInterval: () => lookAgainMs });
  const reporters = useRouteQuery(listReporters, {}, { refetchInterval: () => lookAgainMs });
  return (
    <>
      <PageHeader title={t('backups.reports.title')} lead={t('backups.reports.lead')} />
      <div className="k-proof">
        <section className="k-card" aria-labelledby="unclaimed-reports">
          <h2 id="unclaimed-reports">{t('backups.reports.unclaimed')}</h2>
          <QueryView query={unclaimed}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyNote title={t('backups.reports.none')}>{t('backups.reports.none.advice')}</EmptyNote>
              ) : (
                <ul className="k-plain-list">
                  {items.map((item) => (
                    <UnclaimedItem key={`${item.tool} ${item.name} ${item.copy}`} item={item} mayChange={may} />
                  ))}
                </ul>
              )
            }
          </QueryView>
        </section>
        <ReportNames />
        <section className="k-card" aria-labelledby="reporters">
          <h2 id="reporters">{t('backups.reporters.title')}</h2>
          <QueryView query={reporters}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyNote title={t('backups.reporters.none')}>{t('backups.reporters.none.advice')}</EmptyNote>
              ) : (
                <ReporterTable reporters={items} mayChange={may} />
              )
            }
          </QueryView>
        </section>
      </div>
    </>
  );
}
