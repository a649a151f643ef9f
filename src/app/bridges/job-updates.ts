/** web ← jobs: how each stands, to whoever may read its domain. */
import type { Permission } from '#platform/contract';
import type { JobProgress } from '#platform/jobs';
import type { LiveHub } from '#platform/live';
import { jobTopic } from '#platform/live/contract';

const readers: Readonly<Record<string, Permission>> = {
  models: 'models:read',
  backups: 'backups:read',
  knowledge: 'knowledge:write',
};

export function jobUpdates(live: LiveHub): (progress: JobProgress) => void {
  return (progress) => {
    const [domain = ''] = progress.kind.split('.');
    live.broadcast(readers[domain] ?? 'system:operate', jobTopic, progress);
  };
}
