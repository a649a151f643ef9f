import '../entries/entry-page.css';

import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';

import { listLinks, listRecurrences, proposeProblem, type Recurrence } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { EntryNames } from './name-lists.tsx';

/** Incidents alike that no problem explains yet, with a step to one. */
export function Recurrences() {
  const { t } = useTexts();
  const query = useRouteQuery(listRecurrences, { query: {} });
  return (
    <section aria-label={t('knowledge.recurrences')}>
      <h2>{t('knowledge.recurrences')}</h2>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('knowledge.recurrences.none')}</p>
          ) : (
            <ul className="k-plain-list k-related">
              {items.map((group) => (
                <Group key={group.incidents.map(({ id }) => id).join(' ')} group={group} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}

function Group({ group: { shared, incidents, problem } }: { readonly group: Recurrence }) {
  const { t } = useTexts();
  const format = useFormat();
  const navigate = useNavigate();
  const may = useMay('knowledge:write');
  const propose = useRouteMutation(proposeProblem, {
    stales: [listRecurrences, listLinks],
    onSuccess: ({ id }) => void navigate({ to: '/knowledge/entries/$id/edit', params: { id } }),
  });
  return (
    <li className="k-card">
      <span>{t('knowledge.recurrences.shared', { words: shared.join(', ') })}</span>
      <EntryNames items={incidents} more={({ createdAt }) => format.date(createdAt)} />
      {problem !== null && <EntryNames items={[problem]} more={() => t('knowledge.recurrences.problem')} />}
      {may && (
        <Button
          size="compact-sm"
          variant="default"
          loading={propose.isPending}
          onClick={() => propose.mutate({ body: { incidents: incidents.map(({ id }) => id) } })}
        >
          {t('knowledge.recurrences.propose')}
        </Button>
      )}
      {propose.isError && <ProblemNotice error={propose.error} />}
    </li>
  );
}
