import type { CommandContext } from '#platform/cli';

import { type JobView, listBackupJobs } from '../../contract/index.ts';

/** As many as the server hands out at once. */
const largestPage = 2000;

/** Every job of the server that is not paused, however many there are. */
export async function activeJobs(
  call: CommandContext<unknown>['call'],
  pageSize = largestPage,
): Promise<readonly JobView[]> {
  const jobs: JobView[] = [];
  for (;;) {
    const query = { state: 'active', limit: pageSize, offset: jobs.length } as const;
    const { items, total } = await call(listBackupJobs, { query });
    jobs.push(...items);
    if (items.length === 0 || jobs.length >= total) return jobs;
  }
}
