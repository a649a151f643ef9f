/** One verification of one copy, recorded from its beginning; its result is the evidence behind the last digit. */
import { nowInstant } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { VerificationKind } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { markAllVerified, markVerified } from '../../store/content-store.ts';
import { saveCoverage } from '../../store/coverage-store.ts';
import {
  endVerification,
  findVerification,
  insertVerification,
  type VerificationEnd,
} from '../../store/verification-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { verificationFailed, verificationPassed } from '../backups-events.ts';
import { observeCopies } from '../register/observe-copies.ts';
import { lockCopy, runnerName } from '../runs/copy-lock.ts';
import type { CopyWork } from '../runs/copy-work.ts';
import { reasonOfError } from '../runs/reason-of.ts';
import { closeByProof } from '../tickets/close-by-proof.ts';
import { openTicket } from '../tickets/open-ticket.ts';
import { updateVerdict } from '../verdict/update-verdict.ts';
import type { Examination } from './examination.ts';
import type { Verification } from './verification-record.ts';

export interface VerifyCopy extends CopyWork {
  readonly kind: VerificationKind;
  /** Opens what it has to look at. */
  readonly examine: (signal: AbortSignal) => Promise<Examination>;
}

/** Findings kept of one verification. */
const keptFindings = 20;

/**
 * The verification as it ended. A copy that cannot be reached or opened proves nothing either way and ends as
 * interrupted, with the reason.
 * @throws KuraError conflict `files.locked`; when aborted, the signal's reason, after the record was closed.
 */
export async function verifyCopy(context: BackupsContext, work: VerifyCopy): Promise<Verification> {
  const { actor, copy, job, kind, signal } = work;
  await using _lock = await lockCopy(context, copy.id, 'verification', signal);
  const started = { id: context.ids.next(), startedAt: nowInstant(context.clock), runner: runnerName(context) };
  await context.unitOfWork.write(actor, (tx) =>
    insertVerification(tx.tables<BackupsTables>(), { ...started, copyId: copy.id, kind }),
  );
  const begun = context.clock.monotonic();
  const { end, verified, coverage } = await carryOut(work);
  const seconds = (context.clock.monotonic() - begun) / 1000;
  const observations = await observeCopies(job.copies, context.storages);
  await context.unitOfWork.write(actor, async (tx) => {
    const ended = { ...end, seconds, endedAt: nowInstant(context.clock) };
    if (await endVerification(tx.tables<BackupsTables>(), started.id, ended)) {
      await rememberVerified(tx, copy.id, started.startedAt, verified);
      await rememberCoverage(context, tx, copy.id, coverage);
      await tell(context, tx, work, { id: started.id, end });
    }
    await updateVerdict(context, tx, job.key, observations);
  });
  signal.throwIfAborted();
  return await requireVerification(context, started.id);
}

type Outcome = Omit<VerificationEnd, 'endedAt' | 'seconds'>;
interface CarriedOut {
  readonly end: Outcome;
  readonly verified: Examination['verified'];
  readonly coverage?: Examination['coverage'];
}

const nothing = { snapshot: null, objects: 0, bytes: 0, errors: 0, findings: [] };

async function carryOut({ examine, signal }: VerifyCopy): Promise<CarriedOut> {
  try {
    const { verified, coverage, ...found } = await examine(signal);
    const findings = found.findings.slice(0, keptFindings);
    const result = found.errors === 0 ? 'passed' : 'failed';
    return { end: { ...found, findings, result, error: null }, verified, coverage };
  } catch (error) {
    return { end: endedBy(error, signal), verified: 'nothing' };
  }
}

/** Damage that keeps a repository from being read at all is a finding like any other. */
function endedBy(error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) {
    return { ...nothing, result: 'interrupted', error: { code: 'backups.run-stopped', params: {} } };
  }
  const reason = reasonOfError(error);
  const damaged = isKuraError(error) && (error.kind === 'mismatch' || error.code === 'vault.object-missing');
  return damaged
    ? { ...nothing, result: 'failed', errors: 1, findings: [error.message], error: reason }
    : { ...nothing, result: 'interrupted', error: reason };
}

async function rememberVerified(
  tx: WriteTransaction,
  copyId: string,
  startedAt: string,
  verified: Examination['verified'],
): Promise<void> {
  if (verified === 'nothing') return;
  const tables = tx.tables<BackupsTables>();
  await (verified === 'everything'
    ? markAllVerified(tables, copyId, startedAt)
    : markVerified(tables, copyId, startedAt, verified));
}

async function rememberCoverage(
  { clock }: BackupsContext,
  tx: WriteTransaction,
  copyId: string,
  coverage: Examination['coverage'],
): Promise<void> {
  if (coverage === undefined) return;
  const { items, bytes, neverRead, oldestReadAt = null } = coverage;
  await saveCoverage(tx.tables<BackupsTables>(), {
    copyId,
    at: nowInstant(clock),
    items,
    bytes,
    neverRead,
    oldestReadAt,
  });
}

async function tell(
  context: BackupsContext,
  tx: WriteTransaction,
  { job, copy, kind }: VerifyCopy,
  { id, end }: { readonly id: string; readonly end: Outcome },
): Promise<void> {
  const failed = end.result === 'failed';
  await tx.audit({
    action: 'backups.verify-copy',
    subject: { kind: 'backup-copy', id: copy.id, name: `${job.key}/${copy.name}` },
    level: failed ? 'critical' : 'info',
    result: end.result === 'passed' ? 'done' : 'failed',
    after: { kind, result: end.result, objects: end.objects, bytes: end.bytes, errors: end.errors },
  });
  const { errors, findings, result } = end;
  const place = { job: job.key, title: job.title, copy: copy.name, copyId: copy.id };
  if (result === 'passed') {
    tx.publish(verificationPassed, { ...place, verificationId: id, kind });
    await closeByProof(context, tx, { ...place, cause: kind, proofId: id });
  }
  if (!failed) return;
  tx.publish(verificationFailed, { ...place, verificationId: id, kind, errors, findings: [...findings] });
  await openTicket(context, tx, {
    ...place,
    kind: kind === 'restore' ? 'restore' : 'corruption',
    cause: kind,
    causeId: id,
    what: { code: `backups.ticket-${kind}`, params: { failed: errors } },
    findings: findings.map((line) => ({ code: 'backups.finding-log', params: { line } })),
  });
}

async function requireVerification({ database }: BackupsContext, id: string): Promise<Verification> {
  const found = await findVerification(database.tables<BackupsTables>(), id);
  if (found === undefined) throw new KuraError('not-found', 'backups.run-not-found', { params: { run: id } });
  return found;
}
