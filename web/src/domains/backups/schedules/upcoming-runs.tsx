import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { listBackupSchedules, type ScheduleView } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';

const dayMs = 86_400_000;
const refreshMs = 60_000;
/** Of thousands the nearest ones; the counts are of all. */
const mostShown = 50;

/** All schedules by their next time; those without one come last. */
export function UpcomingRuns() {
  const { t } = useTexts();
  const query = useRouteQuery(listBackupSchedules, {}, { refetchInterval: () => refreshMs });
  return (
    <section className="k-card" aria-labelledby="upcoming-runs">
      <h2 id="upcoming-runs">{t('backups.upcoming')}</h2>
      <QueryView query={query}>
        {({ items }) => (items.length === 0 ? <p>{t('backups.upcoming.none')}</p> : <Schedules items={items} />)}
      </QueryView>
    </section>
  );
}

function Schedules({ items }: { readonly items: readonly ScheduleView[] }) {
  const { t } = useTexts();
  const format = useFormat();
  const tomorrow = Date.now() + dayMs;
  const active = items.filter(({ nextRuns }) => nextRuns.length > 0).length;
  const soon = items.filter(({ nextRuns: [next] }) => next !== undefined && Date.parse(next) <= tomorrow).length;
  const counts = { total: format.number(items.length), active: format.number(active), soon: format.number(soon) };
  return (
    <>
      <p>{t('backups.upcoming.counts', counts)}</p>
      <Table className="k-stacking" verticalSpacing="xs" aria-labelledby="upcoming-runs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('backups.upcoming.job')}</Table.Th>
            <Table.Th>{t('register.schedule.cron')}</Table.Th>
            <Table.Th>{t('backups.upcoming.next')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items
            .toSorted(byNext)
            .slice(0, mostShown)
            .map(({ job, title, cron, zone, enabled, nextRuns: [next] }) => (
              <Table.Tr key={job}>
                <Table.Th scope="row">
                  <Link to="/backups/jobs/$key" params={{ key: job }}>
                    {title}
                  </Link>
                </Table.Th>
                <Table.Td data-label={t('register.schedule.cron')}>
                  <span className="k-mono">{cron}</span> ({zone})
                </Table.Td>
                <Table.Td data-label={t('backups.upcoming.next')}>
                  {next === undefined ? (
                    <StateBadge
                      tone="calm"
                      icon="pause"
                      label={t(enabled ? 'backups.upcoming.paused' : 'register.schedule.off')}
                    />
                  ) : (
                    <Moment at={next} />
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function byNext({ nextRuns: [one] }: ScheduleView, { nextRuns: [other] }: ScheduleView): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return Date.parse(one) - Date.parse(other);
}
