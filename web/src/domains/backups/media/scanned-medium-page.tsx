import './media.css';

import { getRouteApi, Link } from '@tanstack/react-router';

import { listDueSwaps, type MediumDetail, readMedium } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { DueCard } from './due-swaps.tsx';
import { MediumActions } from './medium-actions.tsx';
import { MediumSummary } from './medium-summary.tsx';

const route = getRouteApi('/inside/backups/media/scan/$label');

/** What the code on a label opens on a phone: the medium, and what can be done with it now. */
export function ScannedMediumPage() {
  const { t } = useTexts();
  const { label } = route.useParams();
  const query = useRouteQuery(readMedium, { params: { label } });
  return (
    <>
      <PageHeader title={label} lead={t('media.scanned.lead')} />
      <div className="k-media">
        <QueryView query={query}>{(medium) => <Scanned medium={medium} />}</QueryView>
        <p className="k-media-actions">
          <Link to="/backups/media/$label" params={{ label }}>
            {t('media.scanned.more')}
          </Link>
          <Link to="/backups/media/scan">{t('media.scanned.next')}</Link>
        </p>
      </div>
    </>
  );
}

function Scanned({ medium }: { readonly medium: MediumDetail }) {
  const { t } = useTexts();
  const due = useRouteQuery(listDueSwaps).data?.items.find(
    ({ set, state, putIn, takeOut }) =>
      set === medium.set?.key && state !== 'nothing' && (putIn === medium.label || takeOut.includes(medium.label)),
  );
  return (
    <>
      {due !== undefined && (
        <section className="k-card" aria-label={t('media.due')}>
          <DueCard due={due} scanned={medium.label} />
        </section>
      )}
      <section className="k-card" aria-labelledby="medium-actions">
        <h2 id="medium-actions">{t('media.actions')}</h2>
        <MediumActions medium={medium} scanned={medium.label} />
      </section>
      <MediumSummary medium={medium} />
    </>
  );
}
