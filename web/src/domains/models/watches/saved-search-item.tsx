import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { addWatch, listSavedSearches, listWatches, removeSavedSearch, type SavedSearchView } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { describeQuery } from '../search/describe-query.ts';
import { modelSearchSchema } from '../search/model-search.ts';

/** Once a day at a time of its own, so that not everybody asks the site on the hour. */
const daily = { kind: 'interval', everyMs: 24 * 3_600_000 } as const;

export function SavedSearchItem({ search }: { readonly search: SavedSearchView }) {
  const { t } = useTexts();
  const { name, query } = search;
  const may = useMay('models:write');
  const watch = useRouteMutation(addWatch, { stales: [listWatches] });
  const remove = useRouteMutation(removeSavedSearch, { stales: [listSavedSearches] });
  const failed = [watch, remove].find(({ isError }) => isError)?.error;
  return (
    <li className="k-card k-watch">
      <header>
        <h3>
          <Link to="/models/search" search={modelSearchSchema.parse(query)}>
            {name}
          </Link>
        </h3>
        <Moment at={search.updatedAt} />
      </header>
      <p className="k-mono k-saved-query">{describeQuery(query)}</p>
      {may && (
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            loading={watch.isPending}
            onClick={() => watch.mutate({ body: { name, search: name, timing: daily } })}
            aria-label={`${t('models.saved.watch')}: ${name}`}
          >
            {t('models.saved.watch')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={remove.isPending}
            onClick={() => remove.mutate({ params: { name } })}
            aria-label={`${t('models.watch.remove')}: ${name}`}
          >
            {t('models.watch.remove')}
          </Button>
        </Group>
      )}
      {failed !== undefined && failed !== null && <ProblemNotice error={failed} />}
    </li>
  );
}
