import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import {
  type DownloadProgressView,
  downloadProgressSchema,
  downloadTopic,
  libraryStats,
  listDownloads,
  listLibrary,
} from '#models/contract';

import { useLive } from '../../../lib/live.ts';
import { routeKey } from '../../../lib/route-query.ts';

/** The last live event of each download. A new status means that the lists on screen are out of date. */
export function useDownloadProgress(): ReadonlyMap<string, DownloadProgressView> {
  const queries = useQueryClient();
  const [latest, setLatest] = useState<ReadonlyMap<string, DownloadProgressView>>(new Map());
  useLive(downloadTopic, downloadProgressSchema, (event) => {
    const turned = latest.get(event.id)?.status !== event.status;
    setLatest((before) => new Map(before).set(event.id, event));
    if (!turned) return;
    for (const route of [listDownloads, listLibrary, libraryStats]) {
      void queries.invalidateQueries({ queryKey: routeKey(route) });
    }
  });
  return latest;
}
