import '../../../ui/stacking-table.css';
import './availability-page.css';

import { NativeSelect, Table } from '@mantine/core';
import { useState } from 'react';

import {
  type AvailabilityIncident,
  type AvailabilitySpan,
  type AvailabilityView,
  availabilityPeriods,
  readAvailability,
} from '#platform/availability/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';

const refreshMs = 60_000;

/** How long Kura was there, as it saw itself. */
export function AvailabilityPage() {
  const { t } = useTexts();
  const [by, setBy] = useState<(typeof availabilityPeriods)[number]>('day');
  const query = useRouteQuery(readAvailability, { query: { by } }, { refetchInterval: () => refreshMs });
  return (
    <>
      <PageHeader title={t('availability.title')} lead={t('availability.lead')} />
      <div className="k-availability">
        <NativeSelect
          size="xs"
          label={t('availability.by')}
          data={availabilityPeriods.map((value) => ({ value, label: t(`availability.by.${value}`) }))}
          value={by}
          onChange={(event) => setBy(availabilityPeriods.find((one) => one === event.currentTarget.value) ?? 'day')}
        />
        <QueryView query={query}>
          {(view) =>
            view.observedSince === null ? (
              <EmptyNote title={t('availability.none')} />
            ) : (
              <>
                <Summary view={view} />
                <Incidents incidents={view.incidents} />
                <Periods periods={view.periods} />
              </>
            )
          }
        </QueryView>
      </div>
    </>
  );
}

function percentText(percent: number | null): string {
  return percent === null ? '–' : `${percent} %`;
}

function Summary({ view }: { readonly view: AvailabilityView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { total, budget, targetPercent, mttrSeconds, mtbfSeconds, observedSince } = view;
  const isKept = budget.leftSeconds >= 0;
  return (
    <section className="k-card k-availability-card" aria-labelledby="availability-total">
      <h2 id="availability-total">
        {t('availability.total', { from: format.date(total.from), to: format.date(total.to) })}
      </h2>
      <Facts
        facts={[
          {
            term: t('availability.percent', { target: targetPercent }),
            value: (
              <>
                {percentText(total.percent)}{' '}
                <StateBadge
                  tone={isKept ? 'ok' : 'bad'}
                  label={t(isKept ? 'availability.kept' : 'availability.missed')}
                />
              </>
            ),
          },
          {
            term: t('availability.budget'),
            value: t('availability.budget-used', {
              used: format.clock(budget.usedSeconds),
              allowed: format.clock(budget.allowedSeconds),
            }),
          },
          { term: t('availability.incidents'), value: format.number(total.incidents) },
          { term: t('availability.mttr'), value: mttrSeconds === null ? '–' : format.clock(mttrSeconds) },
          { term: t('availability.mtbf'), value: mtbfSeconds === null ? '–' : format.clock(mtbfSeconds) },
          { term: t('availability.degraded'), value: format.clock(total.degradedSeconds) },
          { term: t('availability.stopped'), value: format.clock(total.stoppedSeconds) },
          { term: t('availability.unknown'), value: format.clock(total.unknownSeconds) },
          ...(observedSince === null ? [] : [{ term: t('availability.since'), value: <Moment at={observedSince} /> }]),
        ]}
      />
    </section>
  );
}

function Incidents({ incidents }: { readonly incidents: readonly AvailabilityIncident[] }) {
  const { t } = useTexts();
  if (incidents.length === 0) return <EmptyNote title={t('availability.no-incident')} />;
  return (
    <section className="k-card k-availability-card" aria-labelledby="availability-incidents">
      <h2 id="availability-incidents">{t('availability.incidents')}</h2>
      <ul className="k-plain-list">
        {incidents.map((one) => (
          <li key={one.from}>
            <IncidentLine incident={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function IncidentLine({ incident }: { readonly incident: AvailabilityIncident }) {
  const { t } = useTexts();
  const format = useFormat();
  const { from, until, seconds, kind, probes, detail } = incident;
  const causes = [probes.join(', '), detail ?? ''].filter((part) => part !== '');
  return (
    <>
      <Moment at={from} as="exact" /> – {until === null ? t('availability.lasts') : <Moment at={until} as="exact" />} (
      {format.clock(seconds)}): {t(`availability.kind.${kind}`)} <small>{causes.join(': ')}</small>
    </>
  );
}

const columns = ['period', 'percent', 'down', 'stopped', 'unknown', 'incidents'] as const;

/** Newest first: the last days are what people look for. */
function Periods({ periods }: { readonly periods: readonly AvailabilitySpan[] }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <section className="k-card k-availability-card" aria-labelledby="availability-periods">
      <h2 id="availability-periods">{t('availability.periods')}</h2>
      <Table className="k-stacking" aria-labelledby="availability-periods">
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column}>{t(`availability.column.${column}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {periods.toReversed().map((one) => (
            <Table.Tr key={one.from}>
              <Table.Th scope="row">
                {one.from === one.to ? format.date(one.from) : `${format.date(one.from)} – ${format.date(one.to)}`}
              </Table.Th>
              <Table.Td data-label={t('availability.column.percent')}>{percentText(one.percent)}</Table.Td>
              <Table.Td data-label={t('availability.column.down')}>{format.clock(one.downSeconds)}</Table.Td>
              <Table.Td data-label={t('availability.column.stopped')}>{format.clock(one.stoppedSeconds)}</Table.Td>
              <Table.Td data-label={t('availability.column.unknown')}>{format.clock(one.unknownSeconds)}</Table.Td>
              <Table.Td data-label={t('availability.column.incidents')}>{format.number(one.incidents)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
