import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import {
  type BatchProgressView,
  batchProgressSchema,
  batchTopic,
  libraryStats,
  listBatches,
  listBatchItems,
  listLibrary,
  readBatch,
} from '#models/contract';

import { useLive } from '../../../lib/live.ts';
import { routeKey } from '../../../lib/route-query.ts';

/** The last live event of each batch. When a file has ended or the state has changed, lists on screen are asked again. */
export function useBatchProgress(): ReadonlyMap<string, BatchProgressView> {
  const queries = useQueryClient();
  const [latest, setLatest] = useState<ReadonlyMap<string, BatchProgressView>>(new Map());
  useLive(batchTopic, batchProgressSchema, (event) => {
    const before = latest.get(event.id);
    setLatest((known) => new Map(known).set(event.id, event));
    const turned = before?.status !== event.status;
    if (!turned && endedFiles(before) === endedFiles(event)) return;
    const routes = turned ? [readBatch, listBatches, listBatchItems, listLibrary, libraryStats] : [listBatchItems];
    for (const route of routes) void queries.invalidateQueries({ queryKey: routeKey(route) });
  });
  return latest;
}

function endedFiles({ tally }: BatchProgressView): number {
  return tally.files - tally.pending - tally.processing;
}
