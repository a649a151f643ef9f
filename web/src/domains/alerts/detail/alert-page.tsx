import '../alerts.css';

import { getRouteApi, Link } from '@tanstack/react-router';

import { type AlertView, readAlert } from '#platform/alerts/contract';
import type { RouteOutput } from '#platform/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { AlertActions } from '../alert-actions.tsx';
import { AlertStateBadge, SeverityBadge } from '../severity-badge.tsx';

const route = getRouteApi('/inside/operations/alerts/$id');

type Answer = RouteOutput<typeof readAlert>;

export function AlertPage() {
  const { t } = useTexts();
  const { id } = route.useParams();
  const query = useRouteQuery(readAlert, { params: { id } });
  return (
    <>
      <PageHeader title={query.data?.alert.title ?? t('alerts.one')} />
      <QueryView query={query}>
        {({ alert, history, runbooks }) => (
          <div className="k-alerts">
            <What alert={alert} />
            <History history={history} />
            <Runbooks runbooks={runbooks} />
          </div>
        )}
      </QueryView>
    </>
  );
}

function What({ alert }: { readonly alert: AlertView }) {
  const { t } = useTexts();
  const { severity, detail, advice, subject, site, tags, page, count, firstAt, lastAt, level, note, snoozedUntil } =
    alert;
  return (
    <section className="k-card k-alerts-card" aria-label={t('alerts.one')}>
      <div className="k-alerts-row">
        <SeverityBadge severity={severity} />
        <AlertStateBadge alert={alert} />
        {snoozedUntil !== null && (
          <span>
            {t('alerts.until')} <Moment at={snoozedUntil} as="exact" />
          </span>
        )}
      </div>
      {detail !== null && <p>{detail}</p>}
      <Notice tone="info" title={t('alerts.advice')}>
        <p>{advice}</p>
        {page !== null && (
          <p>
            <a href={page}>{t('alerts.open-subject', { name: subject.name })}</a>
          </p>
        )}
      </Notice>
      <Facts
        facts={[
          { term: t('alerts.fact.subject'), value: subject.name },
          { term: t('alerts.fact.first'), value: <Moment at={firstAt} as="exact" /> },
          { term: t('alerts.fact.last'), value: <Moment at={lastAt} as="exact" /> },
          { term: t('alerts.fact.count'), value: String(count) },
          { term: t('alerts.fact.level'), value: String(level) },
          ...(site === null ? [] : [{ term: t('alerts.fact.site'), value: site }]),
          ...(tags.length === 0 ? [] : [{ term: t('alerts.fact.tags'), value: tags.join(', ') }]),
          ...(note === null ? [] : [{ term: t('alerts.fact.note'), value: note }]),
        ]}
      />
      <AlertActions ids={[alert.id]} />
    </section>
  );
}

function History({ history }: Pick<Answer, 'history'>) {
  const { t } = useTexts();
  return (
    <section className="k-card k-alerts-card" aria-labelledby="alert-history">
      <h2 id="alert-history">{t('alerts.history')}</h2>
      <ol className="k-plain-list k-alerts-list">
        {history.map(({ at, change, by, note }) => (
          <li key={`${at} ${change}`}>
            <div className="k-alerts-row">
              <Moment at={at} as="exact" />
              <strong>{t(`alerts.change.${change}`)}</strong>
              {by !== null && <span>{t('alerts.by', { by })}</span>}
            </div>
            {note !== null && <p>{note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Runbooks({ runbooks }: Pick<Answer, 'runbooks'>) {
  const { t } = useTexts();
  if (runbooks.length === 0) return null;
  return (
    <section className="k-card k-alerts-card" aria-labelledby="alert-runbooks">
      <h2 id="alert-runbooks">{t('alerts.runbooks')}</h2>
      <ul className="k-plain-list k-alerts-list">
        {runbooks.map(({ id, title, snippet }) => (
          <li key={id}>
            <h3>
              <Link to="/knowledge/entries/$id" params={{ id }}>
                {title}
              </Link>
            </h3>
            <p className="k-alerts-dim">{snippet}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
