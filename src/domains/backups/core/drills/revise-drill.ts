/** Signs a drill's record, and each later state of it, in the transaction that changes it. */
import { nowInstant } from '#kernel/clock';
import type { WriteTransaction } from '#platform/unit-of-work';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { addRevision, findEvidence, findRevisions } from '../../store/drill-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { sha256Of } from '../signatures/detached-signature.ts';
import { type Drill, objectivesMet } from './drill-record.ts';
import { canonicalJson, documentFormat, signedText } from './signed-document.ts';

/** `note`: why the record was corrected or completed; null for the record itself. */
export async function reviseDrill(
  { clock, signer }: Pick<BackupsContext, 'clock' | 'signer'>,
  tx: WriteTransaction,
  drill: Drill,
  note: string | null,
): Promise<void> {
  const tables = tx.tables<BackupsTables>();
  const previous = (await findRevisions(tables, drill.id)).at(-1);
  const evidence = await findEvidence(tables, drill.id);
  const revision = previous === undefined ? 0 : previous.revision + 1;
  const at = nowInstant(clock);
  const document = canonicalJson({
    format: documentFormat,
    revision,
    previous: previous?.sha256 ?? null,
    revisedAt: at,
    revisedBy: tx.actor.name,
    note,
    record: recordOf(drill),
    evidence: evidence.map(({ name, mediaType, size, sha256, addedAt, addedBy }) => ({
      name,
      mediaType,
      size,
      sha256,
      addedAt,
      addedBy,
    })),
  });
  await addRevision(tables, drill.id, {
    revision,
    at,
    by: tx.actor.name,
    note,
    document,
    sha256: sha256Of(document),
    keyId: signer.id,
    publicKey: signer.publicKey,
    signature: signer.sign(signedText(document)),
  });
}

function recordOf({ id, job, copy, kind, mode, result, tester, startedAt, endedAt, facts }: Drill) {
  return {
    id,
    job,
    copy,
    kind,
    mode,
    result,
    tester,
    startedAt,
    endedAt,
    ...facts,
    objectivesMet: objectivesMet(facts),
  };
}
