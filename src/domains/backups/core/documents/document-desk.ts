/** Reports: made, kept, handed out, made by themselves, removed when their time is over. */
import { nowInstant } from '#kernel/clock';
import type { Language } from '#kernel/messages';
import type { Translator } from '#platform/i18n';
import { defineSchedule } from '#platform/schedule';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { Delivery, DocumentPlan, DocumentPlanBody, StoredDocument } from '../../contract/index.ts';
import {
  type DocumentQuery,
  dropContent,
  findOutdated,
  listDocuments,
  readDocumentContent,
} from '../../store/documents/document-store.ts';
import type { DocumentTables } from '../../store/documents/document-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { type Controls, createControls } from './controls.ts';
import { deliverDocument, type HandOver, sendDocument } from './deliver-document.ts';
import { sweepDocumentsJob } from './document-events.ts';
import { listPlans, plannedSpan, putPlan, removePlan, requirePlan, runPlan } from './document-plans.ts';
import { requireKept } from './find-document.ts';
import { type DocumentOrder, type KeptDocument, keepDocument } from './keep-document.ts';
import { reportPeriod } from './report-period.ts';

export interface DocumentDesk {
  /** @throws KuraError as `composeDocument`, and limit `backups.document-too-large`. */
  make(actor: Actor, order: DocumentOrder): Promise<KeptDocument>;
  /** Newest first. */
  list(query: DocumentQuery): Promise<ReadonlyArray<StoredDocument & { readonly position: number }>>;
  /** @throws KuraError `backups.document-not-found`, `backups.document-removed`. */
  find(id: string): Promise<StoredDocument>;
  /** The file; that it was fetched is noted. @throws as `find` */
  read(actor: Actor, id: string): Promise<KeptDocument>;
  /** The file only. @throws as `find` */
  remove(actor: Actor, id: string): Promise<StoredDocument>;
  /** Notes who is to be told; it happens while a server runs. @throws as `find` */
  send(actor: Actor, id: string, delivery: Delivery): Promise<StoredDocument>;
  /** Hands the report to everybody who is still waiting, each once. */
  deliver(actor: Actor, id: string, hand: HandOver): Promise<void>;
  plans(): Promise<readonly DocumentPlan[]>;
  /** @throws KuraError `schedule.bad-timing`, and those of a wish that does not go together. */
  putPlan(
    actor: Actor,
    request: { readonly name: string; readonly body: DocumentPlanBody; readonly language: Language },
  ): Promise<DocumentPlan>;
  /** @throws KuraError `backups.document-plan-not-found`. */
  removePlan(actor: Actor, name: string): Promise<void>;
  /** Queues it now; answers with the id of the queue's job. @throws KuraError `backups.document-plan-not-found`. */
  runPlan(actor: Actor, name: string): Promise<string>;
  /** One time of a plan; under the same id it is carried out once. */
  makePlanned(actor: Actor, time: PlannedTime): Promise<void>;
  /** Removes the files whose time is over. Returns how many. */
  sweep(actor: Actor): Promise<number>;
  /** For the start of a server. */
  setUp(actor: Actor): Promise<void>;
  readonly controls: Controls;
}

export interface PlannedTime {
  readonly id: string;
  readonly plan: string;
  readonly translators: Readonly<Record<Language, Translator>>;
}

export function createDocumentDesk(context: BackupsContext): DocumentDesk {
  const { database, clock, unitOfWork } = context;
  function reads() {
    return database.tables<DocumentTables>();
  }
  return {
    make: (actor, order) => keepDocument(context, actor, order),
    list: (query) => listDocuments(reads(), query),
    find: (id) => requireKept(reads(), id),
    read: (actor, id) => readDocument(context, actor, id),
    async remove(actor, id) {
      return await unitOfWork.write(actor, async (tx) => {
        const document = await requireKept(tx.tables<DocumentTables>(), id);
        const at = nowInstant(clock);
        await removeFile(tx, document, at);
        return { ...document, removedAt: at };
      });
    },
    send: (actor, id, delivery) => sendDocument(context, actor, id, delivery),
    deliver: (actor, id, hand) => deliverDocument(context, actor, id, hand),
    plans: () => listPlans(context),
    putPlan: (actor, request) => putPlan(context, actor, request),
    removePlan: (actor, name) => removePlan(context, actor, name),
    runPlan: (actor, name) => runPlan(context, actor, name),
    makePlanned: (actor, time) => makePlanned(context, actor, time),
    sweep: (actor) => sweep(context, actor),
    async setUp(actor) {
      await unitOfWork.write(actor, (tx) => context.scheduler.upsert(tx, sweepSchedule));
    },
    controls: createControls(context),
  };
}

const sweepSchedule = defineSchedule({
  id: 'backups.sweep-documents',
  job: sweepDocumentsJob,
  payload: {},
  timing: { kind: 'cron', cron: '41 4 * * *', zone: 'UTC' },
});

async function readDocument(context: BackupsContext, actor: Actor, id: string): Promise<KeptDocument> {
  const reads = context.database.tables<DocumentTables>();
  const document = await requireKept(reads, id);
  const content = (await readDocumentContent(reads, id)) ?? new Uint8Array();
  await context.unitOfWork.write(actor, async (tx) => {
    const subject = { kind: 'backup-document', id, name: document.name };
    await tx.audit({ action: 'backups.read-document', category: 'access', subject, result: 'done' });
  });
  return { document, content };
}

async function makePlanned(context: BackupsContext, actor: Actor, { id, plan: name, translators }: PlannedTime) {
  const plan = await requirePlan(context, name);
  const { kind, format, table, job, language, keepDays, to, attach } = plan;
  const { from, to: until } = reportPeriod({ kind: plannedSpan(plan) }, context.clock.now(), context.zone());
  await keepDocument(context, actor, {
    id,
    plan: name,
    // Plans of earlier releases may name a table beside another format, where it says nothing.
    wish: { kind, format, table: format === 'csv' ? table : undefined, job, from, to: until },
    translator: translators[language],
    keepDays,
    delivery: { to: [...to], attach },
  });
}

/** Others get their turn with the database in between. */
const filesPerWrite = 50;

async function sweep({ database, unitOfWork, clock }: BackupsContext, actor: Actor): Promise<number> {
  let removed = 0;
  for (;;) {
    const at = nowInstant(clock);
    const outdated = await findOutdated(database.tables<DocumentTables>(), at, filesPerWrite);
    await unitOfWork.write(actor, async (tx) => {
      for (const document of outdated) await removeFile(tx, document, at);
    });
    removed += outdated.length;
    if (outdated.length < filesPerWrite) return removed;
  }
}

async function removeFile(
  tx: WriteTransaction,
  { id, name }: Pick<StoredDocument, 'id' | 'name'>,
  at: string,
): Promise<void> {
  await dropContent(tx.tables<DocumentTables>(), id, at);
  const subject = { kind: 'backup-document', id, name };
  await tx.audit({ action: 'backups.remove-document', subject, result: 'done' });
}
