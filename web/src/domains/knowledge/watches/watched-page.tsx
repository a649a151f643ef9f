import '../entries/entry-page.css';

import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { listWatched, readWatch, type WatchedEntry, watchEntry } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

/** What changed in entries somebody watches, and in those linked with them, since they last looked. */
export function WatchedPage() {
  const { t } = useTexts();
  const query = useRouteQuery(listWatched);
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader title={t('knowledge.watched')} lead={t('knowledge.watched.lead')} />
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('knowledge.watched.none')}</p>
          ) : (
            <ul className="k-plain-list k-related">
              {items.map((watched) => (
                <Watched key={watched.entry.id} watched={watched} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </>
  );
}

function Watched({ watched }: { readonly watched: WatchedEntry }) {
  const { t } = useTexts();
  const see = useRouteMutation(watchEntry, { stales: [listWatched, readWatch] });
  const { entry, updatedBy, version, seenVersion, changed, linked } = watched;
  return (
    <li className="k-card">
      <Link to="/knowledge/entries/$id" params={{ id: entry.id }}>
        {entry.title}
      </Link>
      <small>
        {changed ? t('knowledge.watch.changed', { from: seenVersion, to: version }) : t('knowledge.watch.same')} ·{' '}
        {updatedBy} <Moment at={entry.updatedAt} />
      </small>
      {linked.length > 0 && (
        <>
          <small>{t('knowledge.watch.linked')}</small>
          <ul>
            {linked.map(({ id, title, updatedAt }) => (
              <li key={id}>
                <Link to="/knowledge/entries/$id" params={{ id }}>
                  {title}
                </Link>{' '}
                <Moment at={updatedAt} />
              </li>
            ))}
          </ul>
        </>
      )}
      {(changed || linked.length > 0) && (
        <span>
          <Button
            size="compact-sm"
            variant="default"
            loading={see.isPending}
            onClick={() => see.mutate({ params: { id: entry.id } })}
          >
            {t('knowledge.watch.seen')}
          </Button>
        </span>
      )}
      {see.isError && <ProblemNotice error={see.error} />}
    </li>
  );
}
