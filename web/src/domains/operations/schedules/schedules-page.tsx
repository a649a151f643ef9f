import './schedules-page.css';

import { listSchedules } from '#platform/schedule/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { ScheduleItem } from './schedule-item.tsx';

const refreshMs = 10_000;

export function SchedulesPage() {
  const { t } = useTexts();
  const query = useRouteQuery(listSchedules, {}, { refetchInterval: () => refreshMs });
  return (
    <>
      <PageHeader title={t('schedules.title')} lead={t('schedules.lead')} />
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote title={t('schedules.none')} />
          ) : (
            <ul className="k-plain-list k-schedules">
              {items.map((schedule) => (
                <ScheduleItem key={schedule.id} schedule={schedule} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </>
  );
}
