/** Corrections and evidence: each leaves what was there before, signed, and signs what is there now. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import { type Amendment, evidenceBytes, type NewEvidence } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { addEvidence, amendFacts, findDrill } from '../../store/drill-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { sha256Of } from '../signatures/detached-signature.ts';
import type { Drill } from './drill-record.ts';
import { reviseDrill } from './revise-drill.ts';
import { requireDrill } from './run-drill.ts';

/** The result and what was measured stay as they were found. */
export async function amendDrill(
  context: BackupsContext,
  actor: Actor,
  id: string,
  { note, tester, target, notes, checklist }: Amendment,
): Promise<void> {
  await requireDrill(context, id);
  await context.unitOfWork.write(actor, async (tx) => {
    const drill = await requireEnded(tx, id);
    const facts = {
      ...drill.facts,
      ...(target === undefined ? {} : { target }),
      ...(notes === undefined ? {} : { notes }),
      ...(checklist === undefined ? {} : { checklist: [...checklist] }),
    };
    const amended = { ...drill, tester: tester ?? drill.tester, facts };
    await amendFacts(tx.tables<BackupsTables>(), id, amended);
    await reviseDrill(context, tx, amended, note);
    await tx.audit({ action: 'backups.amend-drill', subject: subjectOf(drill), result: 'done', after: { note } });
  });
}

/** @throws KuraError limit `backups.evidence-too-large` */
export async function attachEvidence(
  context: BackupsContext,
  actor: Actor,
  id: string,
  { name, mediaType, contentBase64 }: NewEvidence,
): Promise<void> {
  await requireDrill(context, id);
  const content = Buffer.from(contentBase64, 'base64');
  if (content.byteLength > evidenceBytes) {
    throw new KuraError('limit', 'backups.evidence-too-large', { params: { name, size: content.byteLength } });
  }
  const sha256 = sha256Of(content);
  await context.unitOfWork.write(actor, async (tx) => {
    const drill = await requireEnded(tx, id);
    const added = { addedAt: nowInstant(context.clock), addedBy: actor.name };
    const evidence = { id: context.ids.next(), name, mediaType, size: content.byteLength, sha256, ...added };
    await addEvidence(tx.tables<BackupsTables>(), id, evidence, content);
    await reviseDrill(context, tx, drill, name);
    await tx.audit({
      action: 'backups.attach-evidence',
      subject: subjectOf(drill),
      result: 'done',
      after: { name, size: content.byteLength, sha256 },
    });
  });
}

async function requireEnded(tx: WriteTransaction, id: string): Promise<Drill> {
  const drill = await findDrill(tx.tables<BackupsTables>(), id);
  if (drill === undefined || drill.result === 'running') {
    throw new KuraError('conflict', 'backups.drill-not-ended', { params: { drill: id } });
  }
  return drill;
}

function subjectOf({ id, job, copy }: Drill) {
  return { kind: 'backup-drill', id, name: `${job}/${copy ?? '*'}` };
}
