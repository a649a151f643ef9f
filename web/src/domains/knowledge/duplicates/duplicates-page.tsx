import '../entries/entry-page.css';

import { Anchor, Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

import {
  type DuplicatePair,
  type DuplicateState,
  duplicateStates,
  judgeDuplicatePair,
  listDuplicatePairs,
  lookForDuplicates,
  mergeEntries,
} from '#knowledge/contract';

import { api } from '../../../lib/api.ts';
import { routeKey, useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { NamedChoice } from '../../../ui/named-choice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

/** Pairs that may say the same: whether they do is for people to say. */
export function DuplicatesPage() {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('knowledge:write');
  const [state, setState] = useState<DuplicateState>('pending');
  const query = useRouteQuery(listDuplicatePairs, { query: { state } });
  const look = useLook();
  return (
    <>
      <Anchor component={Link} to="/knowledge/upkeep" size="sm">
        {t('knowledge.usage.back')}
      </Anchor>
      <PageHeader
        title={t('knowledge.duplicates')}
        lead={t('knowledge.duplicates.lead')}
        actions={
          may && (
            <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
              {t('knowledge.duplicates.look')}
            </Button>
          )
        }
      />
      <NamedChoice
        size="xs"
        mb="md"
        label={t('knowledge.duplicates.state')}
        value={state}
        values={duplicateStates}
        nameOf={(one) => t(`knowledge.duplicates.${one}`)}
        onChange={setState}
      />
      {look.sofar !== undefined && (
        <p role="status">
          {t('knowledge.duplicates.looked', {
            looked: format.number(look.sofar.looked),
            left: format.number(look.sofar.left),
          })}
        </p>
      )}
      {look.isError && <ProblemNotice error={look.error} />}
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('knowledge.duplicates.none')}</p>
          ) : (
            <ul className="k-plain-list k-related">
              {items.map((pair) => (
                <Pair key={`${pair.one.id} ${pair.other.id}`} pair={pair} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </>
  );
}

/** Step by step until nothing is left, telling how far it is; who leaves the page ends it with the step at hand. */
function useLook() {
  const queries = useQueryClient();
  const [sofar, setSofar] = useState<{ readonly looked: number; readonly left: number }>();
  const leaving = useRef(new AbortController());
  useEffect(() => {
    const here = new AbortController();
    leaving.current = here;
    return () => here.abort();
  }, []);
  const { mutate, isPending, isError, error } = useMutation<void>({
    mutationFn: async () => {
      const { signal } = leaving.current;
      for (let [looked, left] = [0, 1]; left > 0 && !signal.aborted; ) {
        const step = await api.call(lookForDuplicates, { query: {} });
        looked += step.looked;
        left = step.looked === 0 ? 0 : step.left;
        setSofar({ looked, left: step.left });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: routeKey(listDuplicatePairs) }),
  });
  return { mutate, isPending, isError, error, sofar };
}

function Pair({ pair }: { readonly pair: DuplicatePair }) {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('knowledge:write');
  const { similarity, method, foundAt, judgedAt, judgedBy } = pair;
  return (
    <li className="k-card">
      {[pair.one, pair.other].map(({ id, title, type, updatedAt }) => (
        <span key={id}>
          <Link to="/knowledge/entries/$id" params={{ id }}>
            {title}
          </Link>{' '}
          <small>
            {t(`knowledge.type.${type}`)} · <Moment at={updatedAt} />
          </small>
        </span>
      ))}
      <small>
        {t('knowledge.duplicates.similar', { share: format.number(Math.round(similarity * 100)) })} ·{' '}
        {t(`knowledge.duplicates.by-${method}`)} · {t('knowledge.duplicates.found')} <Moment at={foundAt} />
        {judgedAt !== null && (
          <>
            {' '}
            · {judgedBy} <Moment at={judgedAt} />
          </>
        )}
      </small>
      {may && <Judge pair={pair} />}
    </li>
  );
}

function Judge({ pair: { one, other, state } }: { readonly pair: DuplicatePair }) {
  const { t } = useTexts();
  const stales = [listDuplicatePairs];
  const judge = useRouteMutation(judgeDuplicatePair, { stales });
  const merge = useRouteMutation(mergeEntries, { stales });
  const error = judge.error ?? merge.error;
  return (
    <>
      <Group gap="xs">
        {duplicateStates
          .filter((to) => to !== state)
          .map((to) => (
            <Button
              key={to}
              size="compact-sm"
              variant="default"
              loading={judge.isPending}
              onClick={() => judge.mutate({ params: { one: one.id, other: other.id }, body: { state: to } })}
            >
              {t(`knowledge.duplicates.judge-${to}`)}
            </Button>
          ))}
        {[
          { stays: one, goes: other },
          { stays: other, goes: one },
        ].map(({ stays, goes }, place) => (
          <Button
            key={stays.id}
            size="compact-sm"
            variant="default"
            loading={merge.isPending}
            onClick={() =>
              merge.mutate({ params: { id: stays.id }, body: { duplicate: goes.id, version: stays.version } })
            }
          >
            {t(place === 0 ? 'knowledge.duplicates.merge-first' : 'knowledge.duplicates.merge-second')}
          </Button>
        ))}
      </Group>
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
}
