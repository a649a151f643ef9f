import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTexts } from '../lib/use-texts.ts';
import { ProblemNotice } from './problem-notice.tsx';

interface QueryViewProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}

/** A query on screen: waiting, failed (with what was known before, if anything), or its data. */
export function QueryView<Data>({ query, children }: QueryViewProps<Data>) {
  const failed = query.isError && <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return failed || <Waiting />;
  return (
    <>
      {failed}
      {children(query.data)}
    </>
  );
}

export function Waiting() {
  const { t } = useTexts();
  return (
    <Stack gap="sm" role="status" aria-label={t('state.loading')}>
      <Skeleton height={64} />
      <Skeleton height={64} />
      <Skeleton height={64} width="70%" />
    </Stack>
  );
}
