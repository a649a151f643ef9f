import { type DueSwap, listDueSwaps } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { SwapForm } from './swap-form.tsx';
import { usePositionName } from './use-position-name.ts';

const refreshMs = 60_000;

/** "Today: take A out, put B in". Nothing is shown while no set rotates. */
export function DueSwaps() {
  const { t } = useTexts();
  const query = useRouteQuery(listDueSwaps, {}, { refetchInterval: () => refreshMs });
  if (query.data?.items.length === 0) return null;
  return (
    <section className="k-card" aria-labelledby="media-today">
      <h2 id="media-today">{t('media.today', { day: query.data?.today ?? '' })}</h2>
      <QueryView query={query}>
        {({ items }) => (
          <div className="k-media-due">
            {items.map((due) => (
              <DueCard key={due.set} due={due} />
            ))}
          </div>
        )}
      </QueryView>
    </section>
  );
}

export function DueCard({ due, scanned }: { readonly due: DueSwap; readonly scanned?: string }) {
  const { t } = useTexts();
  const positionName = usePositionName();
  const { title, state, daysLate, putIn, takeOut } = due;
  if (state === 'nothing') return <p>{t('media.due.nothing', { set: title })}</p>;
  return (
    <div className="k-media-due">
      <h3>{title}</h3>
      <p className="k-media-swap">
        {takeOut.length > 0 && `${t('media.due.take-out', { labels: takeOut.join(', ') })} → `}
        {putIn === null
          ? t('media.due.no-medium', { position: positionName(due.position ?? '') })
          : t('media.due.put-in', { label: putIn })}
      </p>
      {daysLate > 0 && <Notice tone="warn" title={t('media.due.late', { days: daysLate, day: due.day ?? '' })} />}
      {state === 'blocked' && <Notice tone="bad" title={t('media.due.blocked')} />}
      <SwapForm due={due} {...(scanned === undefined ? {} : { scanned })} />
    </div>
  );
}
