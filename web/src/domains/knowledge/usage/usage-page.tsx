import '../../../ui/stacking-table.css';

import { Anchor, NativeSelect, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { type KnowledgeFigure, type KnowledgeUsage, readUsage } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { type Format, useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { Curation } from './curation.tsx';
import { Gaps } from './gaps.tsx';
import { EntryNames } from './name-lists.tsx';
import { Recommendations } from './recommendations.tsx';
import { Recurrences } from './recurrences.tsx';
import { UsageDays } from './usage-days.tsx';
import { UsageTexts } from './usage-texts.tsx';

const periods = ['7', '30', '90', '365'] as const;

/** How the knowledge base is used and what it lacks, from what was counted. */
export function UsagePage() {
  const { t } = useTexts();
  const [days, setDays] = useState<string>('30');
  const mayManage = useMay('knowledge:manage');
  const query = useRouteQuery(readUsage, { query: { days } });
  return (
    <>
      <Anchor component={Link} to="/knowledge/upkeep" size="sm">
        {t('knowledge.usage.back')}
      </Anchor>
      <PageHeader title={t('knowledge.usage')} lead={t('knowledge.usage.lead')} />
      <NativeSelect
        label={t('knowledge.usage.days')}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
        data={periods.map((value) => ({ value, label: t('knowledge.usage.last-days', { days: value }) }))}
        maw="16rem"
      />
      <QueryView query={query}>{(usage) => <Usage usage={usage} />}</QueryView>
      <Gaps days={days} />
      <Recurrences />
      {mayManage && <Curation />}
    </>
  );
}

function Usage({ usage }: { readonly usage: KnowledgeUsage }) {
  const { t } = useTexts();
  const format = useFormat();
  const { noted, figures, recommendations, popular, unread, days, texts } = usage;
  return (
    <>
      {!noted && <Notice tone="info" title={t('knowledge.usage.not-noted')} />}
      <FigureTable figures={figures} />
      <Recommendations items={recommendations} />
      <UsageDays days={days} />
      <section aria-label={t('knowledge.usage.popular')}>
        <h2>{t('knowledge.usage.popular')}</h2>
        <EntryNames
          items={popular}
          more={({ views, readers }) =>
            t('knowledge.usage.read', { views: format.number(views), readers: format.number(readers) })
          }
        />
      </section>
      <section aria-label={t('knowledge.usage.unread')}>
        <h2>
          {t('knowledge.usage.unread')} ({format.number(unread.total)})
        </h2>
        <EntryNames items={unread.items} />
      </section>
      <UsageTexts texts={texts} />
    </>
  );
}

function FigureTable({ figures }: { readonly figures: readonly KnowledgeFigure[] }) {
  const { t } = useTexts();
  const format = useFormat();
  function valueOf(value: number | null, unit: KnowledgeFigure['unit']): string {
    if (value === null) return t('knowledge.figure.unknown');
    return unit === 'seconds' || unit === 'days'
      ? t(`knowledge.figure.in-${unit}`, { value })
      : plainValue(value, unit, format);
  }
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('knowledge.usage.figures')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('knowledge.usage.figure')}</Table.Th>
          <Table.Th>{t('knowledge.usage.value')}</Table.Th>
          <Table.Th>{t('knowledge.usage.before')}</Table.Th>
          <Table.Th>{t('knowledge.usage.source')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {figures.map(({ id, value, unit, before, of, source }) => (
          <Table.Tr key={id}>
            <Table.Td data-label={t('knowledge.usage.figure')}>{t(`knowledge.figure.${id}`)}</Table.Td>
            <Table.Td data-label={t('knowledge.usage.value')}>{valueOf(value, unit)}</Table.Td>
            <Table.Td data-label={t('knowledge.usage.before')}>{valueOf(before, unit)}</Table.Td>
            <Table.Td data-label={t('knowledge.usage.source')}>
              {t(`knowledge.source.${source}`, { of: format.number(of) })}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function plainValue(value: number, unit: 'count' | 'share', format: Format): string {
  return unit === 'share' ? format.percent(value) : format.number(value);
}
