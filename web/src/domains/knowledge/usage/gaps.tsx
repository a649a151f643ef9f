import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

import { type KnowledgeGaps, readGaps } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { QueryView } from '../../../ui/query-view.tsx';
import { EntryNames, SearchedNames } from './name-lists.tsx';

/** What is missing: nobody found it, opened it, believes it, or looked at it in time. */
export function Gaps({ days }: { readonly days: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const query = useRouteQuery(readGaps, { query: { days } });
  return (
    <QueryView query={query}>
      {({ withoutHit, neverOpened, doubted, overdue, coverage }) => (
        <>
          <Section title={t('knowledge.gaps.without-hit')}>
            <SearchedNames items={withoutHit} />
          </Section>
          <Section title={t('knowledge.gaps.never-opened')}>
            <SearchedNames items={neverOpened} />
          </Section>
          <Section title={t('knowledge.gaps.doubted')}>
            <EntryNames
              items={doubted}
              more={({ helpful, against }) =>
                t('knowledge.gaps.voices', { helpful: format.number(helpful), against: format.number(against) })
              }
            />
          </Section>
          <Section title={`${t('knowledge.gaps.overdue')} (${format.number(overdue.total)})`}>
            <EntryNames items={overdue.items} />
          </Section>
          <Coverage coverage={coverage} />
        </>
      )}
    </QueryView>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Coverage({ coverage }: Pick<KnowledgeGaps, 'coverage'>) {
  const { t } = useTexts();
  const format = useFormat();
  const columns = [t('knowledge.gaps.type'), t('knowledge.gaps.entries'), t('knowledge.gaps.views')] as const;
  return (
    <Section title={t('knowledge.gaps.coverage')}>
      <Table className="k-stacking" verticalSpacing="xs" aria-label={t('knowledge.gaps.coverage')}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {coverage.map(({ type, entries, views }) => (
            <Table.Tr key={type}>
              <Table.Td data-label={columns[0]}>{t(`knowledge.type.${type}`)}</Table.Td>
              <Table.Td data-label={columns[1]}>{format.number(entries)}</Table.Td>
              <Table.Td data-label={columns[2]}>{format.number(views)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
