/** Adopting and organizing asked for from a page: begun as jobs of the server, whose outcome can be read. */
import { KuraError } from '#kernel/errors';
import type { JobKind, JobQueue, JobView } from '#platform/jobs';
import type { Actor, AuditEntry } from '#platform/unit-of-work';

import type { LayoutName } from '../../contract/index.ts';
import { lastMoves } from '../../store/library-move-store.ts';
import type { AdoptRequest } from '../adopting/adopt-files.ts';
import type { LibraryDeps } from '../library/library-deps.ts';
import { type AdoptPlaces, allowedPath } from './allowed-path.ts';
import { adoptJob, libraryWorkJobs, organizeJob, type WorkProgress, workProgressSchema } from './work-jobs.ts';

export interface LibraryWorkDeps extends LibraryDeps, AdoptPlaces {
  readonly jobs: JobQueue;
}

export interface LibraryWork {
  /** @throws KuraError refused `models.adopt-elsewhere`, not-found `models.adopt-not-found` */
  readonly startAdopting: (request: StartAdopting, actor: Actor) => Promise<StartedWork>;
  readonly startOrganizing: (layout: LayoutName | undefined, actor: Actor) => Promise<StartedWork>;
  /** @throws KuraError conflict `models.nothing-to-move-back` */
  readonly startUndoing: (actor: Actor) => Promise<StartedWork>;
  /** @throws KuraError not-found `models.work-not-found` */
  readonly readWork: (jobId: string) => Promise<{ readonly job: JobView; readonly progress: WorkProgress }>;
}

export interface StartAdopting extends Omit<AdoptRequest, 'paths'> {
  readonly path: string;
}

export interface StartedWork {
  readonly jobId: string;
}

export function createLibraryWork(deps: LibraryWorkDeps): LibraryWork {
  return {
    startAdopting: async (request, actor) => {
      const path = await allowedPath(deps, request.path);
      const { offline, acceptRisk, dryRun } = request;
      const payload = { path, offline, acceptRisk, dryRun };
      return enqueue(deps, actor, { kind: adoptJob, payload, action: 'models.start-adopting' });
    },
    startOrganizing: async (layout, actor) => {
      const payload = layout === undefined ? {} : { layout };
      return enqueue(deps, actor, { kind: organizeJob, payload, action: 'models.start-organizing' });
    },
    startUndoing: async (actor) => {
      const [last] = await lastMoves(deps.database);
      if (last === undefined) throw new KuraError('conflict', 'models.nothing-to-move-back');
      return enqueue(deps, actor, { kind: organizeJob, payload: { undo: last.runId }, action: 'models.start-undoing' });
    },
    readWork: async (jobId) => {
      const job = await deps.jobs.get(jobId);
      if (job === undefined || libraryWorkJobs.every(({ name }) => name !== job.name)) {
        throw new KuraError('not-found', 'models.work-not-found', { params: { id: jobId } });
      }
      const progress = workProgressSchema.safeParse(job.progress);
      return { job, progress: progress.data ?? { figures: {}, items: [] } };
    },
  };
}

interface Order<Payload> {
  readonly kind: JobKind<Payload>;
  readonly payload: Omit<Payload, 'actor'>;
  readonly action: AuditEntry['action'];
}

async function enqueue<Payload extends { readonly actor: Pick<Actor, 'kind' | 'id' | 'name'> }>(
  { unitOfWork }: LibraryWorkDeps,
  actor: Actor,
  { kind, payload, action }: Order<Payload>,
): Promise<StartedWork> {
  const { id, name } = actor;
  const { id: jobId } = await unitOfWork.write(actor, async (tx) => {
    await tx.audit({ action, subject: { kind: 'library', id: 'files' }, result: 'done', after: { ...payload } });
    return tx.enqueue(kind, { ...payload, actor: { kind: actor.kind, id, name } } as Payload);
  });
  return { jobId };
}
