/** One backup of one copy, recorded from its beginning, so that a run that dies leaves a trace. */
import type { BackupResult, Vault } from '#engines/vault';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { addContents } from '../../store/content-store.ts';
import { endRun, findRun, insertRun, newestRuns, type RunEnd } from '../../store/run-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { runFailed, runFinished } from '../backups-events.ts';
import { runEngineCopy } from '../engines/run-engine-copy.ts';
import { toolOf } from '../engines/tool-of.ts';
import { isOutOfUse } from '../register/carrier.ts';
import { isReachable, observeCopies } from '../register/observe-copies.ts';
import { openCopy } from '../register/open-copy.ts';
import type { Copy } from '../register/protected-job.ts';
import { backUpSource } from '../sources/back-up-source.ts';
import { updateVerdict } from '../verdict/update-verdict.ts';
import { lockCopy, runnerName } from './copy-lock.ts';
import type { BackUpCopy, CopyWork } from './copy-work.ts';
import { noteRun } from './note-run.ts';
import { reasonOfError } from './reason-of.ts';
import type { Reason, Run } from './run-record.ts';

/** Why nothing can be done with the copy now although nothing is wrong; undefined when it can be worked on. */
export async function whySkipped(copy: Copy, { storages }: BackupsContext): Promise<Reason | undefined> {
  const params = { copy: copy.name, repository: copy.repository };
  if (isOutOfUse(copy)) return { code: 'backups.copy-out-of-use', params };
  if (copy.engine === 'reported') return { code: 'backups.copy-reported', params };
  if (copy.connectivity === 'online' || (await isReachable(copy, storages))) return undefined;
  return { code: 'backups.medium-away', params };
}

/**
 * The run as it ended; failures are recorded, not thrown.
 * @throws KuraError conflict `files.locked`; when aborted, the signal's reason, after the run was closed as interrupted.
 */
export async function backUpCopy(context: BackupsContext, work: BackUpCopy): Promise<Run> {
  const { actor, copy, signal } = work;
  await using _lock = await lockCopy(context, copy.id, 'run', signal);
  const id = context.ids.next();
  const startedAt = nowInstant(context.clock);
  const runner = runnerName(context);
  await context.unitOfWork.write(actor, (tx) =>
    insertRun(tx.tables<BackupsTables>(), { id, copyId: copy.id, runner, startedAt }),
  );
  const end = await carryOut(context, work, { runId: id, startedAt });
  const observations = await observeCopies(work.job.copies, context.storages);
  await context.unitOfWork.write(actor, async (tx) => {
    const ended = { ...end, endedAt: nowInstant(context.clock) };
    if (await endRun(tx.tables<BackupsTables>(), id, ended)) {
      await tx.audit({
        ...auditOf(work, end),
        after: { result: end.result, snapshot: end.snapshot, files: end.files },
      });
      publishEnd(tx, work, id, end);
      await noteRun(context, tx, work, { ...ended, id, startedAt });
    }
    await updateVerdict(context, tx, work.job.key, observations);
  });
  signal.throwIfAborted();
  return await requireRun(context, id);
}

type Outcome = Omit<RunEnd, 'endedAt'>;
const nothing = { snapshot: null, files: 0, bytes: 0, newBytes: 0, problems: 0 };

interface Begun {
  readonly runId: string;
  readonly startedAt: string;
}

async function carryOut(context: BackupsContext, work: BackUpCopy, begun: Begun): Promise<Outcome> {
  const { copy, signal } = work;
  try {
    if (toolOf(copy) !== undefined) {
      return await runEngineCopy(context, { ...work, ...begun, hadFiles: await hadFiles(context, copy.id) });
    }
    await using vault = await openCopy(copy, context, signal);
    const done = await backUpSource(context, vault, work);
    await rememberContents(context, work, vault, done.snapshot.id);
    return await outcomeOf(context, work, done);
  } catch (error) {
    if (!signal.aborted) return { ...nothing, result: 'failed', error: reasonOfError(error) };
    return { ...nothing, result: 'interrupted', error: { code: 'backups.run-stopped', params: {} } };
  }
}

/** A source without a file where there were some before is a mount that is missing, not a folder that became empty. */
async function outcomeOf(context: BackupsContext, { copy, job }: CopyWork, done: BackupResult): Promise<Outcome> {
  const { files, bytes, newBytes, problems } = done;
  const counts = { snapshot: done.snapshot.id, files, bytes, newBytes, problems: problems.length };
  if (files === 0 && (await hadFiles(context, copy.id))) {
    return { ...counts, result: 'failed', error: { code: 'backups.source-empty', params: { source: job.source } } };
  }
  return { ...counts, result: done.result === 'complete' ? 'success' : 'partial', error: null };
}

async function hadFiles({ database }: BackupsContext, copyId: string): Promise<boolean> {
  const earlier = await newestRuns(database.tables<BackupsTables>(), [copyId]);
  return earlier.some((run) => run.files > 0);
}

/** So that one can tell at once which copies hold a file, also while their media are away. */
async function rememberContents(
  context: BackupsContext,
  { actor, copy, signal }: CopyWork,
  vault: Vault,
  snapshot: string,
): Promise<void> {
  const at = nowInstant(context.clock);
  const some = new Set<string>();
  async function write(): Promise<void> {
    const stored = { copyId: copy.id, snapshot, at, sha256s: [...some] };
    await context.unitOfWork.write(actor, (tx) => addContents(tx.tables<BackupsTables>(), stored));
    some.clear();
  }
  for await (const entry of vault.entries(snapshot, signal)) {
    if (entry.type === 'file') some.add(entry.sha256);
    if (some.size >= contentsPerWrite) await write();
  }
  if (some.size > 0) await write();
}

/** Memory does not grow with the number of files, and others get their turn with the database in between. */
const contentsPerWrite = 10_000;

function auditOf({ copy, job }: CopyWork, { result }: Outcome) {
  return {
    action: 'backups.run-copy',
    subject: { kind: 'backup-copy', id: copy.id, name: `${job.key}/${copy.name}` },
    level: result === 'failed' ? ('warning' as const) : ('info' as const),
    result: result === 'failed' || result === 'interrupted' ? ('failed' as const) : ('done' as const),
  };
}

type Publisher = Parameters<Parameters<BackupsContext['unitOfWork']['write']>[1]>[0];

function publishEnd(tx: Publisher, { job, copy }: CopyWork, runId: string, end: Outcome): void {
  const place = { job: job.key, title: job.title, copy: copy.name, copyId: copy.id, runId };
  const { result, snapshot, files, bytes, newBytes, problems } = end;
  if (end.error !== null && result === 'failed') tx.publish(runFailed, { ...place, ...end.error });
  if (snapshot === null || (result !== 'success' && result !== 'partial')) return;
  tx.publish(runFinished, { ...place, result, snapshot, files, bytes, newBytes, problems });
}

async function requireRun({ database }: BackupsContext, id: string): Promise<Run> {
  const run = await findRun(database.tables<BackupsTables>(), id);
  if (run === undefined) throw new KuraError('not-found', 'backups.run-not-found', { params: { run: id } });
  return run;
}
