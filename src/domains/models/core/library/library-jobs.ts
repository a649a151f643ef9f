/** Verifying and repairing as jobs of the server. */
import { createBandwidthLimit } from '#engines/transfer';
import type { JobContext, JobKind } from '#platform/jobs';
import type { Actor, AuditEntry } from '#platform/unit-of-work';
import { findLibraryFile, type LibraryFile } from '../../store/library-store.ts';
import { repairFileJob, verifyLibraryJob } from '../downloads/download-job.ts';
import { requireLibraryFile } from './find-library-file.ts';
import type { LibraryDeps } from './library-deps.ts';
import { repairFile } from './repair-file.ts';
import { everyLibraryFile, verifyFiles } from './verify-library.ts';

type PayloadOf<Kind> = Kind extends JobKind<infer Payload> ? Payload : never;

export async function startVerification(
  deps: LibraryDeps,
  ids: readonly string[] | undefined,
  actor: Actor,
): Promise<{ readonly jobId: string }> {
  for (const id of ids ?? []) await requireLibraryFile(deps, id);
  const payload = { ...(ids === undefined ? {} : { ids: [...ids] }), actor: whoOf(actor) };
  const entry = { action: 'models.start-verification', subject: { kind: 'library', id: 'files' } };
  return enqueue(deps, actor, {
    kind: verifyLibraryJob,
    payload,
    entry: { ...entry, after: { files: ids?.length ?? 'all' } },
  });
}

export async function startRepair(deps: LibraryDeps, id: string, actor: Actor): Promise<{ readonly jobId: string }> {
  await requireLibraryFile(deps, id);
  const entry = { action: 'models.start-repair', subject: { kind: 'library-file', id } };
  return enqueue(deps, actor, { kind: repairFileJob, payload: { id, actor: whoOf(actor) }, entry });
}

interface Request<Payload> {
  readonly kind: JobKind<Payload>;
  readonly payload: Payload;
  readonly entry: Omit<AuditEntry, 'result'>;
}

async function enqueue<Payload>(
  deps: LibraryDeps,
  actor: Actor,
  { kind, payload, entry }: Request<Payload>,
): Promise<{ readonly jobId: string }> {
  const { id } = await deps.unitOfWork.write(actor, async (tx) => {
    await tx.audit({ ...entry, result: 'done' });
    return tx.enqueue(kind, payload);
  });
  return { jobId: id };
}

export async function runVerificationJob(
  deps: LibraryDeps,
  job: JobContext<PayloadOf<typeof verifyLibraryJob>>,
): Promise<void> {
  const { ids, actor } = job.payload;
  const count = { files: 0, damaged: 0, missing: 0, unreadable: 0 };
  const files = ids === undefined ? everyLibraryFile(deps) : named(deps, ids);
  const bandwidth = createBandwidthLimit(() => deps.options().verifyBytesPerSecond ?? 0, deps.clock);
  for await (const found of verifyFiles(deps, files, { actor, signal: job.signal, bandwidth })) {
    count.files += 1;
    if ('error' in found) count.unreadable += 1;
    else if (found.state !== 'present') count[found.state] += 1;
    job.report({ ...count });
  }
}

async function* named(deps: LibraryDeps, ids: readonly string[]): AsyncGenerator<LibraryFile> {
  for (const id of ids) {
    const file = await findLibraryFile(deps.database, id);
    if (file !== undefined) yield file;
  }
}

export async function runRepairJob(deps: LibraryDeps, job: JobContext<PayloadOf<typeof repairFileJob>>): Promise<void> {
  const file = await requireLibraryFile(deps, job.payload.id);
  const { source } = await repairFile(deps, file, { actor: job.payload.actor, signal: job.signal });
  job.report({ source });
}

function whoOf({ kind, id, name }: Actor) {
  return { kind, id, name };
}
