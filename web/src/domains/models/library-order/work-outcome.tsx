import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { type LibraryWorkItem, type LibraryWorkView, readLibraryWork, workOutcomes } from '#models/contract';
import type { RouteContract } from '#platform/contract';

import { routeKey, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { VerdictBadge } from '../verdict-badge.tsx';

const lookEveryMs = 1000;

interface WorkOutcomeProps {
  readonly jobId: string;
  /** Nothing was to be changed. */
  readonly isTrial?: boolean;
  /** What the work makes stale when it has ended. */
  readonly stales: readonly RouteContract[];
}

/** How far a job is and, at its end, what became of each file. */
export function WorkOutcome({ jobId, isTrial = false, stales }: WorkOutcomeProps) {
  const queries = useQueryClient();
  const work = useRouteQuery(
    readLibraryWork,
    { params: { jobId } },
    { refetchInterval: (latest) => (latest === undefined || isUnderWay(latest) ? lookEveryMs : false) },
  );
  const hasEnded = work.data !== undefined && !isUnderWay(work.data);
  useEffect(() => {
    if (!hasEnded) return;
    for (const route of stales) void queries.invalidateQueries({ queryKey: routeKey(route) });
    // The routes are constants of the caller.
  }, [hasEnded, queries]);
  return <QueryView query={work}>{(data) => <Outcome work={data} isTrial={isTrial} />}</QueryView>;
}

function isUnderWay({ status }: LibraryWorkView): boolean {
  return status === 'queued' || status === 'running';
}

function Outcome({ work, isTrial }: { readonly work: LibraryWorkView; readonly isTrial: boolean }) {
  const { t } = useTexts();
  const { figures, items, status, reason } = work;
  const needsPerson = status === 'dead' || figures.failed + figures.refused > 0;
  const told = workOutcomes.filter((outcome) => figures[outcome] > 0);
  const calm = status === 'done' ? 'ok' : 'info';
  return (
    <>
      <Notice
        role="status"
        tone={needsPerson ? 'warn' : calm}
        title={t(`models.order.status.${status === 'done' && isTrial ? 'tried' : status}`)}
      >
        {reason !== null && <p>{reason}</p>}
        <p>
          {told.length === 0 && status === 'done' && t('models.order.nothing')}
          {told.map((outcome) => t(`models.order.count.${outcome}`, { count: figures[outcome] })).join(' · ')}
        </p>
      </Notice>
      {items.length > 0 && (
        <ul className="k-plain-list k-order-files">
          {items.map((item) => (
            <WorkFile key={item.path} item={item} />
          ))}
        </ul>
      )}
    </>
  );
}

function WorkFile({ item }: { readonly item: LibraryWorkItem }) {
  const { t } = useTexts();
  return (
    <li>
      <span className="k-mono">{item.path}</span> {item.verdict !== null && <VerdictBadge verdict={item.verdict} />}
      <small>
        {t(`models.order.outcome.${item.outcome}`)}
        {item.model !== null && ` · ${item.model} (${item.type})`}
        {item.outcome === 'adopted' && ` · ${t(item.isPublished ? 'models.order.published' : 'models.order.unknown')}`}
      </small>
      {item.to !== null && <small className="k-mono">→ {item.to}</small>}
      {item.reason !== null && <small>{item.reason}</small>}
    </li>
  );
}
