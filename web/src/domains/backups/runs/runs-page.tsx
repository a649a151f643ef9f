import '../drills/proof.css';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';

import { listBackupRuns, runResults } from '#backups/contract';

import { api } from '../../../lib/api.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { JobChoice } from '../drills/job-choice.tsx';
import { UpcomingRuns } from '../schedules/upcoming-runs.tsx';
import type { RunSearch } from './run-search.ts';
import { RunTable } from './run-table.tsx';

const route = getRouteApi('/inside/backups/runs');
const lookAgainMs = 30_000;

/** The history of runs: of our vaults, of tools Kura runs, and of what other programs report. */
export function RunsPage() {
  const { t } = useTexts();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { job = '', result = '', since = '' } = search;
  const runs = useRuns(search);
  const pages = runs.data?.pages;
  const items = pages?.flatMap((page) => page.items) ?? [];
  function narrow(part: RunSearch): void {
    void navigate({ search: { ...search, ...part }, replace: true });
  }
  return (
    <>
      <PageHeader title={t('backups.runs.title')} lead={t('backups.runs.lead')} />
      <div className="k-proof">
        <section className="k-card" aria-label={t('backups.runs.title')}>
          <div className="k-board">
            <JobChoice value={job} onChange={(key) => narrow({ job: key || undefined })} all />
            <NativeSelect
              label={t('backups.runs.result')}
              value={result}
              onChange={(event) => narrow({ result: runResults.find((one) => one === event.currentTarget.value) })}
              data={[
                { value: '', label: t('backups.runs.any-result') },
                ...runResults.map((one) => ({ value: one, label: t(`backups.runs.${one}`) })),
              ]}
            />
            <TextInput
              type="date"
              label={t('backups.runs.since')}
              value={since}
              onChange={(event) => narrow({ since: event.currentTarget.value || undefined })}
            />
          </div>
          {runs.isError && <ProblemNotice error={runs.error} onRetry={() => void runs.refetch()} />}
          {pages === undefined && !runs.isError && <Waiting />}
          {pages !== undefined && items.length === 0 && (
            <EmptyNote title={t('backups.runs.none')}>{t('backups.runs.none.advice')}</EmptyNote>
          )}
          {items.length > 0 && <RunTable runs={items} />}
          {runs.hasNextPage && (
            <Button size="compact-sm" variant="default" mt="xs" onClick={() => void runs.fetchNextPage()}>
              {t('backups.runs.more')}
            </Button>
          )}
        </section>
        <UpcomingRuns />
      </div>
    </>
  );
}

function useRuns({ job, result, since }: RunSearch) {
  const query = {
    ...(job === undefined ? {} : { job }),
    ...(result === undefined ? {} : { result }),
    ...(since === undefined ? {} : { since: new Date(`${since}T00:00:00`).toISOString() }),
  };
  return useInfiniteQuery({
    queryKey: routeKey(listBackupRuns, query),
    queryFn: ({ pageParam, signal }) =>
      api.call(listBackupRuns, { query: { ...query, limit: 50, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: lookAgainMs,
  });
}
