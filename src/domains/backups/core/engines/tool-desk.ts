/** What people ask of copies that tools make, besides running and verifying them. */
import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type { CopyTool, Forgotten, RunLog, ToolName, ToolState } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findRunLog } from '../../store/run-log-store.ts';
import { newestVerifications } from '../../store/verification-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireCopy, requireJob } from '../register/find-registered.ts';
import type { Job } from '../register/protected-job.ts';
import { lockCopy } from '../runs/copy-lock.ts';
import { proofOf } from '../verification/proof-of.ts';
import type { EngineIdentity, EngineKeep } from './backup-engine.ts';
import { openOnce, type ToolRepository } from './describe-engine-copy.ts';
import { openEngineCopy } from './engine-copy.ts';
import { toolPlace } from './engine-place.ts';
import { nextPart } from './examine-engine-copy.ts';
import { type RestoredFromCopy, type RestoreFromCopy, restoreEngineCopy } from './restore-engine-copy.ts';
import { toolVersions } from './tool-versions.ts';

export interface CopyPlace {
  readonly job: string;
  readonly copy: string;
}

export interface ToolDesk {
  versions(signal: AbortSignal): Promise<readonly ToolState[]>;
  /** Makes an empty repository. @throws KuraError, see `initToolRepository`. */
  init(
    actor: Actor,
    tool: ToolName,
    wanted: Omit<ToolRepository, 'make'>,
  ): Promise<EngineIdentity & { repository: string }>;
  /** Asks the tool itself, so it takes as long as the tool does. @throws KuraError, see `readCopyTool`. */
  read(place: CopyPlace, signal: AbortSignal): Promise<CopyTool>;
  /** @throws KuraError, see `forgetToolSnapshots`. */
  forget(actor: Actor, place: CopyPlace, wish: ForgetWish, signal: AbortSignal): Promise<Forgotten>;
  /** @throws KuraError, see `restoreEngineCopy`. */
  restore(wanted: RestoreFromCopy): Promise<RestoredFromCopy>;
  /** @throws KuraError not-found `backups.run-log-none`. */
  runLog(runId: string): Promise<RunLog>;
}

export interface ForgetWish {
  readonly keep: EngineKeep;
  readonly dryRun: boolean;
}

/** Snapshots shown of a copy; the count tells of the rest. */
const shownSnapshots = 50;

export function createToolDesk(context: BackupsContext): ToolDesk {
  return {
    versions: (signal) => toolVersions(context.engines, signal),
    init: (actor, tool, wanted) => init(context, actor, tool, wanted),
    read: (place, signal) => read(context, place, signal),
    forget: (actor, place, wish, signal) => forget(context, { actor, ...place, ...wish, signal }),
    restore: (wanted) => restoreEngineCopy(context, wanted),
    async runLog(runId) {
      const found = await findRunLog(context.database.tables<BackupsTables>(), runId);
      if (found === undefined) throw new KuraError('not-found', 'backups.run-log-none', { params: { run: runId } });
      return found;
    },
  };
}

async function init(context: BackupsContext, actor: Actor, tool: ToolName, wanted: Omit<ToolRepository, 'make'>) {
  const repository = await toolPlace(tool, wanted.repository);
  const made = await openOnce(context, tool, { ...wanted, repository, make: true });
  await context.unitOfWork.write(actor, (tx) =>
    tx.audit({
      action: 'backups.init-tool-repository',
      subject: { kind: 'backup-repository', id: made.id, name: repository },
      result: 'done',
      after: { tool, encrypted: made.encrypted },
    }),
  );
  return { ...made, repository };
}

async function read(context: BackupsContext, place: CopyPlace, signal: AbortSignal): Promise<CopyTool> {
  const job = await requireJob(context, place.job);
  const copy = requireCopy(job, place.copy);
  const { engine, call, version, settings } = await openEngineCopy(context, copy, signal);
  const snapshots = await engine.snapshots(call);
  const { storedBytes } = await engine.stats(call);
  return {
    tool: engine.name,
    version,
    repository: copy.repository,
    repositoryId: copy.vaultId,
    encrypted: copy.encrypted,
    storedBytes,
    snapshots: snapshots
      .slice(0, shownSnapshots)
      .map((one) => ({ ...one, paths: [...one.paths], tags: [...one.tags] })),
    snapshotCount: snapshots.length,
    nextVerification: await nextVerification(context, job, copy.id),
    nextPart: await nextPart(context, copy.id, settings.verifyParts),
    settings,
  };
}

async function nextVerification({ database }: BackupsContext, job: Job, copyId: string): Promise<string | null> {
  const proof = proofOf(await newestVerifications(database.tables<BackupsTables>(), [copyId]));
  if (proof === null) return null;
  return new Date(Date.parse(proof.finishedAt) + job.verifyEveryDays * DAY).toISOString();
}

interface Forgetting extends CopyPlace, ForgetWish {
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

async function forget(context: BackupsContext, wanted: Forgetting): Promise<Forgotten> {
  const { actor, keep, dryRun, signal } = wanted;
  const job = await requireJob(context, wanted.job);
  const copy = requireCopy(job, wanted.copy);
  if (job.legalHold !== null && !dryRun) {
    throw new KuraError('refused', 'backups.engine-held', { params: { job: job.key, reason: job.legalHold } });
  }
  await using _lock = await lockCopy(context, copy.id, 'run', signal);
  const { engine, call } = await openEngineCopy(context, copy, signal);
  const { kept, forgotten } = await engine.forget(call, { job: job.key, keep, dryRun });
  if (!dryRun) {
    await context.unitOfWork.write(actor, (tx) =>
      tx.audit({
        action: 'backups.forget-tool-snapshots',
        subject: { kind: 'backup-copy', id: copy.id, name: `${job.key}/${copy.name}` },
        level: 'warning',
        result: 'done',
        after: { keep: { ...keep }, forgotten: forgotten.length },
      }),
    );
  }
  return { job: job.key, copy: copy.name, dryRun, kept: [...kept], forgotten: [...forgotten] };
}
