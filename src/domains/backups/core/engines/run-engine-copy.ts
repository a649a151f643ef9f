/** One run of a copy that a tool makes. */
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { saveRunLog } from '../../store/run-log-store.ts';
import type { RunEnd } from '../../store/run-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireCopy } from '../register/find-registered.ts';
import type { BackUpCopy } from '../runs/copy-work.ts';
import { openSourceFolder } from '../sources/source-folder.ts';
import type { EngineBackup } from './backup-engine.ts';
import { type EngineCopy, openEngineCopy, prepareEngineCopy } from './engine-copy.ts';

export interface EngineRun extends BackUpCopy {
  readonly runId: string;
  readonly startedAt: string;
  /** Whether an earlier run of the copy found files. */
  readonly hadFiles: boolean;
}

type Outcome = Omit<RunEnd, 'endedAt'>;

/** What the tool said is kept whatever comes of it. @throws KuraError as `openEngineCopy` and `BackupEngine`. */
export async function runEngineCopy(context: BackupsContext, run: EngineRun): Promise<Outcome> {
  const opened = await openEngineCopy(context, run.copy, run.signal);
  try {
    const done = await makeSnapshot(context, opened, run);
    await forgetOld(opened, run);
    const { snapshot, files, bytes, newBytes, problems } = done;
    // A warning is no success: somebody has to look.
    return { snapshot, files, bytes, newBytes, problems, result: problems === 0 ? 'success' : 'partial', error: null };
  } finally {
    await keepLog(context, opened, run);
  }
}

async function makeSnapshot(context: BackupsContext, opened: EngineCopy, run: EngineRun): Promise<EngineBackup> {
  const { engine, call, settings } = opened;
  const { job, signal, onProgress } = run;
  if (settings.replicaOf !== undefined) {
    const from = await prepareEngineCopy(context, requireCopy(job, settings.replicaOf), signal);
    return await engine.replicate(call, { from: from.call.place, job: job.key });
  }
  await using folder = await openSourceFolder(context, job, signal);
  await requireContent(folder.path, run.hadFiles);
  return await engine.backUp(call, {
    source: folder.path,
    exclude: settings.exclude,
    job: job.key,
    startedAt: new Date(run.startedAt),
    onProgress: (progress) => onProgress?.({ ...progress, readBytes: 0, problems: 0 }),
  });
}

/**
 * Tools disagree about a source that is missing: some skip it and end with 0, some store an empty folder, and a sync
 * would empty the copy. So it is looked at first.
 * @throws KuraError not-found `vault.source-missing`, invalid `backups.engine-source-empty`
 */
async function requireContent(source: string, hadFiles: boolean): Promise<void> {
  try {
    if ((await holdsFile(source)) || !hadFiles) return;
  } catch (cause) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(cause) ?? '')) throw cause;
    throw new KuraError('not-found', 'vault.source-missing', { params: { source }, cause });
  }
  throw new KuraError('invalid', 'backups.engine-source-empty', { params: { source } });
}

async function holdsFile(folder: string): Promise<boolean> {
  for await (const entry of await opendir(folder)) {
    if (!entry.isDirectory()) return true;
    if (await holdsFile(join(folder, entry.name))) return true;
  }
  return false;
}

/** Only after a snapshot was made: otherwise a backup that fails every night would lose the last good one. */
async function forgetOld({ engine, call, settings }: EngineCopy, { job }: EngineRun): Promise<void> {
  if (settings.keep === undefined) return;
  if (job.legalHold !== null) {
    call.onLine(`nothing forgotten: ${job.legalHold}`);
    return;
  }
  const { forgotten } = await engine.forget(call, { job: job.key, keep: settings.keep, dryRun: false });
  if (forgotten.length > 0) call.onLine(`forgotten: ${forgotten.join(', ')}`);
}

async function keepLog(context: BackupsContext, { engine, version, log }: EngineCopy, run: EngineRun): Promise<void> {
  const told = { runId: run.runId, tool: engine.name, version, log: log.text() };
  await context.unitOfWork.write(run.actor, (tx) => saveRunLog(tx.tables<BackupsTables>(), told));
}
