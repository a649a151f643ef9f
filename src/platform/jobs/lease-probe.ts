import { type Clock, nowInstant } from '#kernel/clock';
import type { DatabaseProbe } from '#platform/db';

import type { JobTables } from './job-tables.ts';

/** For `kura db check`: jobs that count as running although their worker has been silent for longer than its lease. */
export function createLeaseProbe(clock: Clock): DatabaseProbe {
  return {
    find: async (reads) => {
      const running = reads.tables<JobTables>().selectFrom('kura_jobs').where('status', '=', 'running');
      const orphans = running.select(['id', 'name', 'lease_until']).where('lease_until', '<', nowInstant(clock));
      return (await orphans.execute()).map(({ id, name, lease_until: since }) => ({
        code: 'jobs.finding-orphan-lease',
        params: { id, job: name, since },
      }));
    },
  };
}
