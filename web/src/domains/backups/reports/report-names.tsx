import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { forgetReportName, listReportNames, listUnclaimed, type ReportName } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

/** What somebody said reports of a name mean: nothing is left out of sight for good. */
export function ReportNames() {
  const { t } = useTexts();
  const query = useRouteQuery(listReportNames);
  return (
    <section className="k-card" aria-labelledby="report-names">
      <h2 id="report-names">{t('backups.names.title')}</h2>
      <p>{t('backups.names.lead')}</p>
      <QueryView query={query}>
        {({ items }) => (items.length === 0 ? <EmptyNote title={t('backups.names.none')} /> : <Names items={items} />)}
      </QueryView>
    </section>
  );
}

function Names({ items }: { readonly items: readonly ReportName[] }) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('backups.names.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('backups.names.name')}</Table.Th>
          <Table.Th>{t('backups.names.place')}</Table.Th>
          <Table.Th>{t('backups.names.since')}</Table.Th>
          {may && <Table.Th>{t('backups.reporters.actions')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((one) => (
          <Table.Tr key={`${one.tool} ${one.name} ${one.copy}`}>
            <Table.Th scope="row">
              {one.copy === null ? one.name : `${one.name} / ${one.copy}`} ({one.tool})
            </Table.Th>
            <Table.Td data-label={t('backups.names.place')}>
              {one.place === null ? (
                t('backups.names.ignored')
              ) : (
                <Link to="/backups/jobs/$key" params={{ key: one.place.job }}>
                  {one.place.job}/{one.place.copy}
                </Link>
              )}
            </Table.Td>
            <Table.Td data-label={t('backups.names.since')}>
              <Moment at={one.since} />
            </Table.Td>
            {may && (
              <Table.Td data-label={t('backups.reporters.actions')}>
                <Forget one={one} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Forget({ one: { tool, name, copy } }: { readonly one: ReportName }) {
  const { t } = useTexts();
  const forget = useRouteMutation(forgetReportName, { stales: [listReportNames, listUnclaimed] });
  return (
    <ConfirmAction
      label={t('backups.names.forget')}
      name={t('backups.names.forget.of', { name })}
      question={t('backups.names.forget.question', { name })}
      consequence={t('backups.names.forget.consequence')}
      tone="warn"
      mutation={forget}
      onConfirm={(done) => forget.mutate({ body: { tool, name, copy } }, { onSuccess: done })}
    />
  );
}
