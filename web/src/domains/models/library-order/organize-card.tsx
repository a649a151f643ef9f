import { NativeSelect } from '@mantine/core';
import { useState } from 'react';

import {
  layoutNames,
  libraryStats,
  listLibrary,
  listLibraryMoves,
  type MovePlanView,
  organizeLibrary,
  planLibraryMoves,
  undoOrganizing,
} from '#models/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { WorkOutcome } from './work-outcome.tsx';

const moved = [listLibrary, libraryStats, listLibraryMoves, planLibraryMoves];

/** What the layout would move, moving it, and the log by which it is moved back. */
export function OrganizeCard() {
  const { t } = useTexts();
  const may = useMay('models:write');
  const [layout, setLayout] = useState<MovePlanView['layout']>();
  const [jobId, setJobId] = useState<string>();
  const plan = useRouteQuery(planLibraryMoves, { query: layout === undefined ? {} : { layout } });
  const organize = useRouteMutation(organizeLibrary, { onSuccess: (started) => setJobId(started.jobId) });
  return (
    <section className="k-card" aria-labelledby="order-organize">
      <h2 id="order-organize">{t('models.order.organize')}</h2>
      <p>{t('models.order.organize.lead')}</p>
      <NativeSelect
        label={t('models.order.layout')}
        value={layout ?? plan.data?.layout ?? ''}
        onChange={(event) => setLayout(layoutNames.find((one) => one === event.currentTarget.value))}
        data={layoutNames.map((value) => ({ value, label: value }))}
      />
      <QueryView query={plan}>
        {(data) => (
          <>
            <p role="status">{t('models.order.plan', { ...data, moves: data.count })}</p>
            {data.moves.length > 0 && <PlannedMoves moves={data.moves} />}
            {may && (
              <ConfirmAction
                label={t('models.order.organize.do')}
                question={t('models.order.organize.question', { count: data.count })}
                consequence={t('models.order.organize.consequence')}
                tone="warn"
                disabled={data.count === 0}
                mutation={organize}
                onConfirm={(done) => organize.mutate({ body: { layout: data.layout } }, { onSuccess: done })}
              />
            )}
          </>
        )}
      </QueryView>
      {jobId !== undefined && <WorkOutcome key={jobId} jobId={jobId} stales={moved} />}
      <MoveLog />
    </section>
  );
}

function PlannedMoves({ moves }: Pick<MovePlanView, 'moves'>) {
  return (
    <ul className="k-plain-list k-order-files">
      {moves.map(({ from, to }) => (
        <li key={from}>
          <span className="k-mono">{from}</span>
          <small className="k-mono">→ {to}</small>
        </li>
      ))}
    </ul>
  );
}

function MoveLog() {
  const { t } = useTexts();
  const may = useMay('models:write');
  const [jobId, setJobId] = useState<string>();
  const log = useRouteQuery(listLibraryMoves);
  const undo = useRouteMutation(undoOrganizing, { onSuccess: (started) => setJobId(started.jobId) });
  return (
    <>
      <h3>{t('models.order.log')}</h3>
      <QueryView query={log}>
        {({ items, undoable }) => (
          <>
            {items.length === 0 && <p>{t('models.order.log.none')}</p>}
            <ul className="k-plain-list k-order-files">
              {items.map(({ id, from, to, status, movedAt }) => (
                <li key={id}>
                  <span className="k-mono">{from}</span>
                  <small className="k-mono">→ {to}</small>
                  <small>
                    {t(`models.order.log.${status}`)} · <Moment at={movedAt} />
                  </small>
                </li>
              ))}
            </ul>
            {may && undoable > 0 && (
              <ConfirmAction
                label={t('models.order.undo')}
                question={t('models.order.undo.question', { count: undoable })}
                consequence={t('models.order.undo.consequence')}
                tone="warn"
                mutation={undo}
                onConfirm={(done) => undo.mutate({}, { onSuccess: done })}
              />
            )}
          </>
        )}
      </QueryView>
      {jobId !== undefined && <WorkOutcome key={jobId} jobId={jobId} stales={moved} />}
    </>
  );
}
