/** The queue as screens see it. */
import type { Database } from '#platform/db';

import type { JobQueue } from './job-queue.ts';
import { type JobTables, jobRunView, jobView } from './job-tables.ts';

export function createJobReads(database: Database): Pick<JobQueue, 'get' | 'list' | 'runs'> {
  return {
    get: async (id) => {
      const found = database.tables<JobTables>().selectFrom('kura_jobs').selectAll().where('id', '=', id);
      const row = await found.executeTakeFirst();
      return row && jobView(row);
    },
    list: async ({ name, status, before, limit }) => {
      let query = database.tables<JobTables>().selectFrom('kura_jobs').selectAll();
      if (name !== undefined) query = query.where('name', '=', name);
      if (status !== undefined) query = query.where('status', '=', status);
      if (before !== undefined) query = query.where('position', '<', before);
      return (await query.orderBy('position', 'desc').limit(limit).execute()).map(jobView);
    },
    runs: async (id) => {
      const runs = database.tables<JobTables>().selectFrom('kura_job_runs').selectAll().where('job_id', '=', id);
      return (await runs.orderBy('run').execute()).map(jobRunView);
    },
  };
}
