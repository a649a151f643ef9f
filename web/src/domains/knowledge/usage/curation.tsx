import { Button, Group, NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { type CurationReport, listCurationReports, makeCurationReport } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { EntryNames, SearchedNames } from './name-lists.tsx';
import { RecommendationList } from './recommendations.tsx';

/** As many as the server keeps: a year of weeks. */
const kept = '52';

/** The reports of the week, the newest first; one can be made at any time. */
export function Curation() {
  const { t } = useTexts();
  const query = useRouteQuery(listCurationReports, { query: { limit: kept } });
  const make = useRouteMutation(makeCurationReport, { stales: [listCurationReports] });
  return (
    <section aria-label={t('knowledge.curation')}>
      <h2>{t('knowledge.curation')}</h2>
      <p>{t('knowledge.curation.lead', { kept })}</p>
      <Button size="compact-sm" variant="default" loading={make.isPending} onClick={() => make.mutate({})}>
        {t('knowledge.curation.new')}
      </Button>
      {make.isError && <ProblemNotice error={make.error} />}
      <QueryView query={query}>{({ items }) => <Reports items={items} />}</QueryView>
    </section>
  );
}

function Reports({ items }: { readonly items: readonly CurationReport[] }) {
  const { t } = useTexts();
  const format = useFormat();
  const [chosen, setChosen] = useState('');
  const report = items.find(({ id }) => id === chosen) ?? items[0];
  if (report === undefined) return <p>{t('knowledge.curation.none')}</p>;
  return (
    <>
      <NativeSelect
        label={t('knowledge.curation.which')}
        value={report.id}
        onChange={({ currentTarget: { value } }) => setChosen(value)}
        data={items.map(({ id, from, to, madeAt }) => ({
          value: id,
          label: `${from} – ${to} (${format.dateTime(madeAt)})`,
        }))}
        maw="24rem"
      />
      <Report report={report} />
    </>
  );
}

function Report({ report }: { readonly report: CurationReport }) {
  const { t } = useTexts();
  const format = useFormat();
  const { tasks, duplicates, recurrences, withoutHit, recommendations } = report;
  const lists = [
    [t('knowledge.gaps.overdue'), report.overdue],
    [t('knowledge.curation.review'), report.review],
    [t('knowledge.gaps.doubted'), report.doubted],
    [t('knowledge.curation.unread'), report.unread],
  ] as const;
  return (
    <>
      <Facts
        facts={[
          { term: t('knowledge.curation.tasks'), value: format.number(tasks.open) },
          { term: t('knowledge.curation.late'), value: format.number(tasks.late) },
          { term: t('knowledge.curation.duplicates'), value: format.number(duplicates) },
          { term: t('knowledge.curation.recurrences'), value: format.number(recurrences) },
        ]}
      />
      <Group gap="xs">
        <Link to="/knowledge/upkeep">{t('knowledge.upkeep')}</Link>
        <Link to="/knowledge/duplicates">{t('knowledge.duplicates')}</Link>
      </Group>
      {lists.map(([title, { total, items }]) => (
        <div key={title}>
          <h3>
            {title} ({format.number(total)})
          </h3>
          <EntryNames items={items} />
        </div>
      ))}
      <h3>{t('knowledge.gaps.without-hit')}</h3>
      <SearchedNames items={withoutHit} />
      <h3>{t('knowledge.usage.recommendations')}</h3>
      <RecommendationList items={recommendations} />
    </>
  );
}
