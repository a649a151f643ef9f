/** The look at the directory by time. */
import { z } from 'zod';

import { defineJob, type HandledJob, handleJob, type JobKind } from '#platform/jobs';
import { defineSchedule, type Scheduler } from '#platform/schedule';

import type { IdentityDeps } from '../identity-deps.ts';
import { directoryActor } from './directory-access.ts';
import { followDirectory } from './follow-directory.ts';

const followDirectoryJob = defineJob({ name: 'identity.follow-directory', payload: z.object({}), maxAttempts: 1 });
const id = 'identity.follow-directory';

export const directoryJobs: readonly JobKind[] = [followDirectoryJob];

export function directoryJobHandlers(deps: IdentityDeps): readonly HandledJob[] {
  return [
    handleJob(followDirectoryJob, async ({ signal, report }) => {
      if (deps.directory !== undefined) report({ ...(await followDirectory(deps, deps.directory, signal)) });
    }),
  ];
}

/** Begins with the directory and ends with it. */
export async function scheduleDirectory(
  { unitOfWork, directory }: Pick<IdentityDeps, 'unitOfWork' | 'directory'>,
  scheduler: Pick<Scheduler, 'upsert' | 'remove'>,
): Promise<void> {
  const actor = directory === undefined ? undefined : directoryActor(directory.source);
  await unitOfWork.write(actor ?? { kind: 'system', id: 'kura', name: 'Kura' }, async (tx) => {
    if (directory === undefined) return scheduler.remove(tx, id);
    const timing = { kind: 'interval', everyMs: directory.recheckMs } as const;
    await scheduler.upsert(tx, defineSchedule({ id, job: followDirectoryJob, payload: {}, timing }));
  });
}
