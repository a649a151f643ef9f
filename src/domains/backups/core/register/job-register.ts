/** The register as others use it: found, read, changed, imported. */
import { nowInstant } from '#kernel/clock';
import type { Actor } from '#platform/unit-of-work';

import type {
  CopyChange,
  CopyRemoval,
  ImportBody,
  JobChange,
  JobExportQuery,
  JobMove,
  JobQuery,
  ManyJobsBody,
} from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { type JobPage, listJobs } from '../../store/job-list-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { archiveJob, changeCopy, changeJob, holdJob, moveSource, unarchiveJob } from './change-job.ts';
import { changeManyJobs, type ManyJobs } from './change-many.ts';
import { exportJobs, type JobExport } from './export-jobs.ts';
import { requireCopy, requireJob } from './find-registered.ts';
import { type Import, importJobs } from './import-jobs.ts';
import type { Copy, Job } from './protected-job.ts';
import { type CopyPlace, foreseeRemoval, removeCopy } from './remove-copy.ts';

export interface JobRegister {
  /** Filtered, sorted, a page of it, and how many there are in all. */
  list(query: JobQuery): Promise<JobPage>;
  /** The list as text, in parts. */
  export(query: JobExportQuery): Promise<JobExport>;
  /** @throws KuraError `backups.job-not-found`. */
  read(key: string): Promise<Job>;
  /** @throws KuraError `backups.job-archived`, `backups.job-held`, `backups.policy-not-found`. */
  change(actor: Actor, key: string, change: JobChange): Promise<Job>;
  /** @throws KuraError `backups.path-not-absolute`, `backups.job-archived`. */
  move(actor: Actor, key: string, move: JobMove): Promise<Job>;
  /** Null lifts the hold. */
  hold(actor: Actor, key: string, reason: string | null): Promise<Job>;
  /** Its history stays; it is neither run nor judged any more. @throws KuraError `backups.job-held`. */
  archive(actor: Actor, key: string, reason: string): Promise<Job>;
  /** Paused at first. */
  unarchive(actor: Actor, key: string): Promise<Job>;
  /** Each by itself; a dry run changes nothing. */
  changeMany(actor: Actor, body: ManyJobsBody): Promise<ManyJobs>;
  /** @throws KuraError `backups.copy-not-found`. */
  readCopy(job: string, copy: string): Promise<Copy>;
  /** @throws KuraError `backups.copy-not-found`, `backups.copy-exists`, `backups.provider-not-found`. */
  changeCopy(actor: Actor, place: { readonly job: string; readonly copy: string }, change: CopyChange): Promise<Copy>;
  /** What taking it out would mean; changes nothing. @throws KuraError `backups.copy-not-found`. */
  foreseeRemoval(place: CopyPlace): Promise<CopyRemoval>;
  /** Its history stays, and what lies in its repository. @throws KuraError `backups.job-held`, `backups.copy-busy`. */
  removeCopy(actor: Actor, place: CopyPlace, reason: string): Promise<CopyRemoval>;
  /** Row by row, all or nothing. @throws KuraError `backups.import-unreadable`. */
  import(actor: Actor, request: ImportBody): Promise<Import>;
}

export function createJobRegister(context: BackupsContext): JobRegister {
  function list(query: JobQuery): Promise<JobPage> {
    return listJobs(context.database.tables<BackupsTables>(), query, nowInstant(context.clock));
  }
  return {
    list,
    export: async (query) => exportJobs(await list(query), query),
    read: (key) => requireJob(context, key),
    change: (actor, key, change) => changeJob(context, actor, key, change),
    move: (actor, key, move) => moveSource(context, actor, key, move),
    hold: (actor, key, reason) => holdJob(context, actor, key, reason),
    archive: (actor, key, reason) => archiveJob(context, actor, key, reason),
    unarchive: (actor, key) => unarchiveJob(context, actor, key),
    changeMany: (actor, body) => changeManyJobs(context, actor, body),
    readCopy: async (job, copy) => requireCopy(await requireJob(context, job), copy),
    changeCopy: (actor, place, change) => changeCopy(context, actor, place, change),
    foreseeRemoval: (place) => foreseeRemoval(context, place),
    removeCopy: (actor, place, reason) => removeCopy(context, actor, place, reason),
    import: (actor, request) => importJobs(context, actor, request),
  };
}
