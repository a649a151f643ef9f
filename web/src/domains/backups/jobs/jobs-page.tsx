import './jobs.css';

import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { jobOrders, jobStates, listBackupJobs, verdictStatusSchema } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { ImportSection } from './import-section.tsx';
import { JobTable } from './job-table.tsx';
import { ExportJobs, ManyJobs } from './many-jobs.tsx';

const pageSize = 50;
const refreshMs = 30_000;

interface Filters {
  readonly q: string;
  readonly verdict: string | null;
  readonly state: string;
  readonly order: string;
}

export function JobsPage() {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const [importing, setImporting] = useState(false);
  return (
    <>
      <PageHeader
        title={t('register.jobs')}
        lead={t('register.jobs.lead')}
        actions={
          may && (
            <>
              <Button component={Link} to="/backups/jobs/new">
                {t('register.new')}
              </Button>
              <Button variant="default" aria-expanded={importing} onClick={() => setImporting(!importing)}>
                {t('register.import')}
              </Button>
            </>
          )
        }
      />
      <div className="k-register">
        {importing && <ImportSection />}
        <Jobs />
      </div>
    </>
  );
}

function Jobs() {
  const { t } = useTexts();
  const [filters, setFilters] = useState<Filters>({ q: '', verdict: null, state: 'live', order: 'worst' });
  const [offset, setOffset] = useState(0);
  const mayRun = useMay('backups:run');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [q] = useDebouncedValue(filters.q.trim(), 300);
  const wanted = {
    ...(q === '' ? {} : { q }),
    ...(filters.verdict === null ? {} : { verdict: verdictStatusSchema.parse(filters.verdict) }),
    state: jobStates.find((one) => one === filters.state) ?? ('live' as const),
    order: jobOrders.find((one) => one === filters.order) ?? ('worst' as const),
  };
  const query = useRouteQuery(
    listBackupJobs,
    { query: { ...wanted, limit: pageSize, offset } },
    { refetchInterval: () => refreshMs },
  );
  function change(next: Partial<Filters>): void {
    setOffset(0);
    setFilters({ ...filters, ...next });
  }
  return (
    <>
      <FilterRow filters={filters} onChange={change} />
      <QueryView query={query}>
        {({ items, total }) =>
          total === 0 ? (
            <EmptyNote title={t('register.jobs.none')}>{t('register.jobs.none.advice')}</EmptyNote>
          ) : (
            <>
              {chosen.length > 0 && <ManyJobs chosen={chosen} onDone={() => setChosen([])} />}
              <JobTable items={items} {...(mayRun ? { chosen, onChoose: setChosen } : {})} />
              <ExportJobs query={wanted} />
              <Pager total={total} offset={offset} onMove={setOffset} />
            </>
          )
        }
      </QueryView>
    </>
  );
}

interface FilterRowProps {
  readonly filters: Filters;
  readonly onChange: (next: Partial<Filters>) => void;
}

function FilterRow({ filters, onChange }: FilterRowProps) {
  const { t } = useTexts();
  return (
    <div className="k-register-fields">
      <TextInput
        label={t('register.search')}
        value={filters.q}
        maxLength={100}
        type="search"
        onChange={(event) => onChange({ q: event.currentTarget.value })}
      />
      <Select
        label={t('register.verdict')}
        placeholder={t('register.any')}
        data={verdictStatusSchema.options.map((one) => ({ value: one, label: t(`backups.status.${one}`) }))}
        value={filters.verdict}
        clearable
        onChange={(verdict) => onChange({ verdict })}
      />
      <Select
        label={t('register.state')}
        data={jobStates.map((one) => ({ value: one, label: t(`register.state.${one}`) }))}
        value={filters.state}
        allowDeselect={false}
        onChange={(state) => onChange({ state: state ?? 'live' })}
      />
      <Select
        label={t('register.order')}
        data={jobOrders.map((one) => ({ value: one, label: t(`register.order.${one}`) }))}
        value={filters.order}
        allowDeselect={false}
        onChange={(order) => onChange({ order: order ?? 'worst' })}
      />
    </div>
  );
}

interface PagerProps {
  readonly total: number;
  readonly offset: number;
  readonly onMove: (offset: number) => void;
}

function Pager({ total, offset, onMove }: PagerProps) {
  const { t } = useTexts();
  return (
    <div className="k-register-pager">
      <span role="status">
        {t('register.shown', { from: offset + 1, to: Math.min(total, offset + pageSize), total })}
      </span>
      {total > pageSize && (
        <>
          <Button
            size="compact-sm"
            variant="default"
            disabled={offset === 0}
            onClick={() => onMove(Math.max(0, offset - pageSize))}
          >
            {t('register.before')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={offset + pageSize >= total}
            onClick={() => onMove(offset + pageSize)}
          >
            {t('register.after')}
          </Button>
        </>
      )}
    </div>
  );
}
