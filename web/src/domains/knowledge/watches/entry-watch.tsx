import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { listWatched, readWatch, unwatchEntry, watchEntry } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** Whether somebody wants to hear of this entry, and what they do not know of it yet. */
export function EntryWatch({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const { data } = useRouteQuery(readWatch, { params: { id } });
  const stales = [readWatch, listWatched];
  const watch = useRouteMutation(watchEntry, { stales });
  const unwatch = useRouteMutation(unwatchEntry, { stales });
  if (data === undefined) return null;
  const { watched, seenVersion, version } = data;
  const isNew = watched && seenVersion !== version;
  const error = watch.error ?? unwatch.error;
  return (
    <div className="k-no-print">
      <Group gap="xs">
        {isNew && (
          <Link to="/knowledge/entries/$id/history" params={{ id }}>
            {t('knowledge.watch.changed', { from: seenVersion ?? 0, to: version })}
          </Link>
        )}
        {(!watched || isNew) && (
          <Button
            size="compact-sm"
            variant="default"
            loading={watch.isPending}
            onClick={() => watch.mutate({ params: { id } })}
          >
            {t(isNew ? 'knowledge.watch.seen' : 'knowledge.watch')}
          </Button>
        )}
        {watched && (
          <Button
            size="compact-sm"
            variant="default"
            loading={unwatch.isPending}
            onClick={() => unwatch.mutate({ params: { id } })}
          >
            {t('knowledge.unwatch')}
          </Button>
        )}
      </Group>
      {error !== null && <ProblemNotice error={error} />}
    </div>
  );
}
