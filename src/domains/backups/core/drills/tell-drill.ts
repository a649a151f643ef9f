/** What follows from a drill that ended: the audit entry, events, and tickets opened or closed. */
import type { WriteTransaction } from '#platform/unit-of-work';

import type { DrillKind, TicketCause, TicketKind } from '../../contract/index.ts';
import type { BackupsContext } from '../backups-context.ts';
import type { Job } from '../register/protected-job.ts';
import { closeByProof, type GoodProof } from '../tickets/close-by-proof.ts';
import { openTicket } from '../tickets/open-ticket.ts';
import { drillFailed, drillFinished } from './drill-events.ts';
import { type Drill, type Finding, objectivesMet } from './drill-record.ts';

export const causeOf: Readonly<Record<DrillKind, GoodProof['cause']>> = {
  integrity: 'data',
  full: 'restore',
  partial: 'partial',
  comparison: 'comparison',
  tamper: 'tamper',
};

const ticketKindOf: Readonly<Record<GoodProof['cause'], TicketKind>> = {
  structure: 'corruption',
  data: 'corruption',
  restore: 'restore',
  partial: 'restore',
  comparison: 'corruption',
  tamper: 'tampering',
};

/** What kept a drill from being carried out, where somebody should do something about it. */
const obstacles: Readonly<Record<string, TicketKind>> = {
  'backups.no-room-for-test': 'capacity',
  'kernel.disk-full': 'capacity',
  'backups.copy-unreachable': 'connection',
  'vault.storage-unreachable': 'connection',
  'vault.storage-refused': 'connection',
};

export interface EndedDrill {
  readonly job: Job;
  readonly drill: Drill;
}

export async function tellDrill(context: BackupsContext, tx: WriteTransaction, ended: EndedDrill): Promise<void> {
  const { drill, job } = ended;
  const { result, kind, facts } = drill;
  await tx.audit({
    action: drill.mode === 'manual' ? 'backups.record-drill' : 'backups.run-drill',
    subject: { kind: 'backup-drill', id: drill.id, name: `${drill.job}/${drill.copy ?? '*'}` },
    level: result === 'failed' ? 'critical' : 'info',
    result: result === 'passed' ? 'done' : 'failed',
    after: { kind, result, files: facts.filesTotal, failed: facts.filesFailed, snapshot: facts.snapshot },
  });
  if (result === 'passed' || result === 'failed') publishResult(tx, ended, result);
  const cause = causeOf[kind];
  const about = { job: job.key, title: job.title, copyId: drill.copyId };
  if (result === 'failed') await openFor(context, tx, ended, { kind: ticketKindOf[cause], code: cause });
  const obstacle = result === 'interrupted' ? obstacles[facts.error?.code ?? ''] : undefined;
  if (obstacle !== undefined) await openFor(context, tx, ended, { kind: obstacle, code: obstacle });
  if (result === 'passed' && drill.copyId !== null && drill.mode === 'automatic') {
    await closeByProof(context, tx, { ...about, copyId: drill.copyId, cause, proofId: drill.id });
  }
}

function publishResult(tx: WriteTransaction, { job, drill }: EndedDrill, result: 'passed' | 'failed'): void {
  const { facts, kind, copy, copyId } = drill;
  const place = { job: job.key, title: job.title, copy, copyId, drillId: drill.id, kind };
  const { filesTotal, filesFailed, rtoSeconds, rpoSeconds } = facts;
  const measured = { filesTotal, filesFailed, rtoSeconds, rpoSeconds, objectivesMet: objectivesMet(facts) };
  tx.publish(drillFinished, { ...place, result, ...measured });
  if (result === 'failed') {
    const findings = facts.findings.map(lineOf);
    tx.publish(drillFailed, { ...place, filesFailed, findings });
  }
}

/** Whole restores and full readings were recorded as verifications, whose tickets exist by now. */
async function openFor(
  context: BackupsContext,
  tx: WriteTransaction,
  { job, drill }: EndedDrill,
  { kind, code }: { readonly kind: TicketKind; readonly code: TicketCause | TicketKind },
): Promise<void> {
  const { facts, copy, copyId } = drill;
  if (facts.verificationId !== null && drill.result === 'failed') return;
  await openTicket(context, tx, {
    job: job.key,
    title: job.title,
    copy,
    copyId,
    kind,
    cause: causeOf[drill.kind],
    causeId: drill.id,
    what: facts.error ?? { code: `backups.ticket-${code}`, params: { failed: facts.filesFailed } },
    findings: facts.findings,
  });
}

/** What it is about, in no language: the file, the check, or the words of whoever found it. */
function lineOf({ code, params }: Finding): string {
  const about = params['path'] ?? params['line'] ?? params['check'] ?? params['location'] ?? params['issues'];
  return about === undefined || about === null ? code : String(about);
}
