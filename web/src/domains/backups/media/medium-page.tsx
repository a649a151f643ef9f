import './media.css';

import { getRouteApi } from '@tanstack/react-router';

import { type MediumDetail, readMedium } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { BindingForm } from './binding-form.tsx';
import { Certificates } from './certificates.tsx';
import { EditMediumForm } from './edit-medium-form.tsx';
import { LabelPrinting } from './label-printing.tsx';
import { MediaLinks } from './media-links.tsx';
import { MediumActions } from './medium-actions.tsx';
import { MediumHistory } from './medium-history.tsx';
import { MediumSummary } from './medium-summary.tsx';

const route = getRouteApi('/inside/backups/media/$label');

export function MediumPage() {
  const { label } = route.useParams();
  const query = useRouteQuery(readMedium, { params: { label } });
  return (
    <>
      <PageHeader title={label} />
      <div className="k-media">
        <MediaLinks />
        <QueryView query={query}>{(medium) => <Medium medium={medium} />}</QueryView>
      </div>
    </>
  );
}

function Medium({ medium }: { readonly medium: MediumDetail }) {
  const { t } = useTexts();
  const { label, certificate } = medium;
  return (
    <>
      <MediumSummary medium={medium} />
      <section className="k-card" aria-labelledby="medium-actions">
        <h2 id="medium-actions">{t('media.actions')}</h2>
        <MediumActions medium={medium} />
      </section>
      <CopiesOnMedium medium={medium} />
      <section className="k-card" aria-labelledby="medium-label">
        <h2 id="medium-label">{t('media.print.title')}</h2>
        <LabelPrinting labels={[label]} />
      </section>
      {certificate && <Certificates label={label} />}
      <EditMediumForm medium={medium} />
      <MediumHistory label={label} />
    </>
  );
}

function CopiesOnMedium({ medium: { label, copies } }: { readonly medium: MediumDetail }) {
  const { t } = useTexts();
  const may = useMay('system:configure');
  return (
    <section className="k-card" aria-labelledby="medium-copies">
      <h2 id="medium-copies">{t('media.copies')}</h2>
      {copies.length === 0 && <p>{t('media.copies.none')}</p>}
      <ul className="k-plain-list k-media-list">
        {copies.map(({ job, copy, writtenAt, verifiedAt }) => (
          <li key={`${job}/${copy}`}>
            <strong>{`${job}/${copy}`}</strong>
            <span>
              {t('media.written')} {writtenAt === null ? t('media.never') : <Moment at={writtenAt} />}
            </span>
            <span>
              {t('media.verified')} {verifiedAt === null ? t('media.never') : <Moment at={verifiedAt} />}
            </span>
          </li>
        ))}
      </ul>
      {may && <BindingForm on={{ kind: 'medium', label }} />}
    </section>
  );
}
