import { useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';

import { listQuarantine, listScannedFiles, readScanStatus, scanTopic } from '#models/contract';

import { useLive } from '../../../lib/live.ts';
import { routeKey } from '../../../lib/route-query.ts';

const anyEvent = z.object({});

/** What is on screen follows the scan. */
export function useScanProgress(): void {
  const queries = useQueryClient();
  useLive(scanTopic, anyEvent, () => {
    for (const route of [readScanStatus, listScannedFiles, listQuarantine]) {
      void queries.invalidateQueries({ queryKey: routeKey(route) });
    }
  });
}
