/** Telling people of a report that is kept: who is waiting for it, and what became of each. */
import { nowInstant } from '#kernel/clock';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { Delivery, StoredDocument } from '../../contract/index.ts';
import {
  endDelivery,
  findDocument,
  findWaitingDeliveries,
  insertDeliveries,
  readDocumentContent,
} from '../../store/documents/document-store.ts';
import type { DocumentTables } from '../../store/documents/document-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { documentToSend } from './document-events.ts';
import { requireKept } from './find-document.ts';

/** Who is to be told, and the file that may go along. */
export interface DocumentToSend {
  /** Of this telling: another one of the same report has another. */
  readonly id: string;
  readonly document: StoredDocument;
  readonly content: Uint8Array;
  readonly targets: readonly string[];
  readonly attach: boolean;
}

export type Handed = Pick<StoredDocument['deliveries'][number], 'state' | 'attached'>;

/** Answers for each target, in their order. */
export type HandOver = (tx: WriteTransaction, telling: DocumentToSend) => Promise<readonly Handed[]>;

/** @throws KuraError `backups.document-not-found`, `backups.document-removed`. */
export async function sendDocument(
  context: BackupsContext,
  actor: Actor,
  id: string,
  { to, attach }: Delivery,
): Promise<StoredDocument> {
  return await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<DocumentTables>();
    const { name } = await requireKept(tables, id);
    await insertDeliveries(tables, { document: id, targets: to, attach, at: nowInstant(context.clock) });
    tx.publish(documentToSend, { document: id });
    const subject = { kind: 'backup-document', id, name };
    const after = { to: to.join(', '), attach };
    await tx.audit({ action: 'backups.send-document', category: 'access', subject, result: 'done', after });
    return await requireKept(tables, id);
  });
}

/** Hands the report to everybody who is still waiting, each once however often this is called. */
export async function deliverDocument(
  context: BackupsContext,
  actor: Actor,
  id: string,
  hand: HandOver,
): Promise<void> {
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<DocumentTables>();
    const [document, content] = [await findDocument(tables, id), await readDocumentContent(tables, id)];
    if (document === undefined || content === undefined) return;
    const waiting = Map.groupBy(await findWaitingDeliveries(tables, id), ({ attach }) => attach === 1);
    for (const [attach, rows] of waiting) {
      const telling = `backup-document.${rows[0]?.position ?? id}`;
      const targets = rows.map(({ target }) => target);
      const handed = await hand(tx, { id: telling, document, content, targets, attach });
      for (const [index, { position }] of rows.entries()) {
        const { state, attached } = handed[index] ?? { state: 'nobody', attached: false };
        await endDelivery(tables, position, { state, attached, at: nowInstant(context.clock) });
      }
    }
  });
}
