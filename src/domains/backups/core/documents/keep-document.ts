/** Making a report and keeping it, with who asked for it in the audit log. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY, MIB } from '#kernel/units';
import type { Translator } from '#platform/i18n';
import type { Actor } from '#platform/unit-of-work';

import type { Delivery, DocumentWish, StoredDocument } from '../../contract/index.ts';
import { findDocument, insertDeliveries, insertDocument } from '../../store/documents/document-store.ts';
import type { DocumentTables } from '../../store/documents/document-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { composeDocument } from './compose-document.ts';
import { documentToSend } from './document-events.ts';
import { signDocument } from './document-signature.ts';

/** A file is read and written in one piece. */
const mostBytes = 256 * MIB;

export interface DocumentOrder {
  readonly wish: DocumentWish;
  readonly translator: Translator;
  /** Default: made up now. An order that is carried out again under the same id makes nothing new. */
  readonly id?: string;
  readonly plan?: string;
  readonly keepDays?: number | undefined;
  readonly delivery?: Delivery | undefined;
}

export interface KeptDocument {
  readonly document: StoredDocument;
  readonly content: Uint8Array;
}

/** @throws KuraError as `composeDocument`, and limit `backups.document-too-large`. */
export async function keepDocument(context: BackupsContext, actor: Actor, order: DocumentOrder): Promise<KeptDocument> {
  const { wish, translator, delivery } = order;
  const made = await composeDocument(context, wish, { translator, madeBy: order.plan ?? actor.name });
  const { content, ...composed } = made;
  if (content.length > mostBytes) {
    const params = { name: made.name, bytes: content.length, most: mostBytes };
    throw new KuraError('limit', 'backups.document-too-large', { params });
  }
  const madeAt = nowInstant(context.clock);
  const keepMs = (order.keepDays ?? context.documentDays()) * DAY;
  const document = {
    ...composed,
    id: order.id ?? context.ids.next(),
    kind: wish.kind,
    job: wish.job ?? null,
    language: translator.language,
    bytes: content.length,
    madeAt,
    madeBy: actor.name,
    plan: order.plan ?? null,
    keepUntil: new Date(context.clock.now() + keepMs).toISOString(),
    signature: signDocument(context.signer, made.name, content),
  };
  const kept = await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<DocumentTables>();
    const before = await findDocument(tables, document.id);
    if (before !== undefined) return before;
    await insertDocument(tables, document, content);
    await tx.audit({
      action: 'backups.make-document',
      category: 'access',
      subject: { kind: 'backup-document', id: document.id, name: document.name },
      result: 'done',
      after: { kind: wish.kind, from: made.from, to: made.to, sha256: document.signature.sha256, plan: document.plan },
    });
    if (delivery !== undefined && delivery.to.length > 0) {
      await insertDeliveries(tables, {
        document: document.id,
        targets: delivery.to,
        attach: delivery.attach,
        at: madeAt,
      });
      tx.publish(documentToSend, { document: document.id });
    }
    return await findDocument(tables, document.id);
  });
  return { document: kept ?? { ...document, removedAt: null, deliveries: [] }, content };
}
