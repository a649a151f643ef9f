import '../../../ui/stacking-table.css';

import { Button, Chip, Group, Table } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import {
  type BatchItemStatus,
  type BatchItemView,
  type BatchTally,
  batchItemStatuses,
  listBatchItems,
} from '#models/contract';

import { api } from '../../../lib/api.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { VerdictBadge } from '../verdict-badge.tsx';
import { itemTones } from './batch-status.ts';

const pageSize = 100;
const pollMs = 3000;

interface BatchItemsProps {
  readonly id: string;
  readonly tally: BatchTally;
  readonly isOpen: boolean;
}

/** Its files in their order, all of them or those of one state. */
export function BatchItems({ id, tally, isOpen }: BatchItemsProps) {
  const { t } = useTexts();
  const [status, setStatus] = useState<BatchItemStatus>();
  const query = { limit: pageSize, ...(status === undefined ? {} : { status: [status] }) };
  const items = useInfiniteQuery({
    queryKey: routeKey(listBatchItems, { id, ...query }),
    queryFn: ({ pageParam, signal }) =>
      api.call(listBatchItems, { params: { id }, query: { ...query, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: isOpen && pollMs,
  });
  const shown = items.data?.pages.flatMap((page) => page.items);
  return (
    <section className="k-batches" aria-labelledby="batch-items">
      <h2 id="batch-items">{t('models.batch.items')}</h2>
      <StatusFilter tally={tally} value={status} onChange={setStatus} />
      {items.isError && <ProblemNotice error={items.error} onRetry={() => void items.refetch()} />}
      {shown === undefined && !items.isError && <Waiting />}
      {shown?.length === 0 && <p className="k-batch-reason">{t('models.batch.items.none')}</p>}
      {shown !== undefined && shown.length > 0 && <ItemTable items={shown} />}
      {items.hasNextPage && (
        <Button variant="default" loading={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>
          {t('models.more')}
        </Button>
      )}
    </section>
  );
}

interface StatusFilterProps {
  readonly tally: BatchTally;
  readonly value: BatchItemStatus | undefined;
  readonly onChange: (status: BatchItemStatus | undefined) => void;
}

function StatusFilter({ tally, value, onChange }: StatusFilterProps) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <Chip.Group
      value={value ?? ''}
      onChange={(chosen) => onChange(batchItemStatuses.find((status) => status === chosen))}
    >
      <Group gap="xs" role="group" aria-label={t('models.batch.items.filter')}>
        <Chip size="xs" value="">
          {t('models.batch.items.all')} {format.number(tally.files)}
        </Chip>
        {batchItemStatuses
          .filter((status) => tally[status] > 0 || status === value)
          .map((status) => (
            <Chip key={status} size="xs" value={status}>
              {t(`models.batch.item.${status}`)} {format.number(tally[status])}
            </Chip>
          ))}
      </Group>
    </Chip.Group>
  );
}

function ItemTable({ items }: { readonly items: readonly BatchItemView[] }) {
  const { t } = useTexts();
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('models.batch.items')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('models.column.file')}</Table.Th>
          <Table.Th>{t('models.column.state')}</Table.Th>
          <Table.Th>{t('models.size')}</Table.Th>
          <Table.Th>{t('models.batch.attempts')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <ItemRow key={item.number} item={item} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ItemRow({ item }: { readonly item: BatchItemView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { name, ref, status, wasThere, reason, verdict, sizeBytes, attempts, path, mirror } = item;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {name ?? ref}
        {name !== null && <div className="k-mono k-batch-path">{path ?? ref}</div>}
      </Table.Th>
      <Table.Td data-label={t('models.column.state')}>
        <span className="k-batch-item-state">
          <StateBadge
            tone={itemTones[status]}
            label={t(wasThere && status === 'done' ? 'models.status.skipped' : `models.batch.item.${status}`)}
          />
          {verdict !== null && status !== 'done' && <VerdictBadge verdict={verdict} />}
          {reason !== null && <span className="k-batch-item-reason">{reason.message}</span>}
          {mirror !== null && <span className="k-batch-item-reason">{t('models.batch.from-mirror', { mirror })}</span>}
        </span>
      </Table.Td>
      <Table.Td data-label={t('models.size')} className="k-number">
        {sizeBytes === null ? '–' : format.bytes(sizeBytes)}
      </Table.Td>
      <Table.Td data-label={t('models.batch.attempts')} className="k-number">
        {format.number(attempts)}
      </Table.Td>
    </Table.Tr>
  );
}
