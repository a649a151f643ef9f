/** Questions that are asked again and again, each with its answer: its own, or an entry (K-087 to K-092). */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { IdSource } from '#kernel/ids';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { FaqContent, FaqItem, FaqStatus, FaqVersion } from '../../contract/index.ts';
import {
  deleteFaq,
  faqAnsweredBy,
  faqVersions,
  findFaq,
  insertFaq,
  nextFaqNumber,
  putFaqDecision,
  putFaqVoice,
  replaceFaq,
  type StoredFaq,
} from '../../store/faq-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { type EntriesDeps, entryIn, type Writer } from '../entries/entry-changes.ts';
import { nextReview } from '../entries/publishing-rules.ts';
import type { Reader } from '../entries/reading-scope.ts';
import { answering } from './faq-matches.ts';
import { foldedQuestion } from './folded-question.ts';
import { readableFaq } from './readable-faq.ts';

export interface FaqRequest {
  readonly q?: string | undefined;
  readonly category?: string | undefined;
  readonly status?: FaqStatus | undefined;
  readonly limit: number;
}

export type WrittenFaq = Omit<FaqContent, 'reviewOn'> & {
  readonly reviewOn?: string | null | undefined;
  readonly note?: string | undefined;
};

export interface ListedFaq {
  readonly items: readonly FaqItem[];
  /** Of all the reader may see. */
  readonly categories: readonly string[];
}

export interface FaqDeps extends EntriesDeps {
  readonly ids: IdSource;
}

export interface Faq {
  faq(reader: Reader, request: FaqRequest): Promise<ListedFaq>;
  /** @throws KuraError `knowledge.faq-not-found`, also for what the reader may not see. */
  readFaq(reader: Reader, id: string): Promise<FaqItem>;
  /**
   * @param candidate The words of the candidate it answers.
   * @throws KuraError `knowledge.faq-unanswered`, `knowledge.entry-not-found`.
   */
  createFaq(writer: Writer, faq: WrittenFaq, candidate?: string): Promise<FaqItem>;
  /** The same again changes nothing. @throws KuraError as `createFaq`, `knowledge.faq-not-found`, `knowledge.faq-stale`. */
  updateFaq(writer: Writer, id: string, faq: WrittenFaq & { readonly version: number }): Promise<FaqItem>;
  /** @throws KuraError `knowledge.faq-not-found`. */
  removeFaq(writer: Writer, id: string): Promise<void>;
  /** Newest first, the present one included. @throws KuraError `knowledge.faq-not-found`. */
  faqVersions(reader: Reader, id: string): Promise<readonly FaqVersion[]>;
  /** @throws KuraError `knowledge.faq-not-found`. */
  voteFaq(reader: Writer, id: string, helpful: boolean): Promise<FaqItem>;
}

export function createFaq(deps: FaqDeps): Faq {
  const { database, unitOfWork, clock } = deps;

  async function readFaq(reader: Reader, id: string): Promise<FaqItem> {
    const found = (await readableFaq(database, reader)).find((one) => one.id === id);
    if (found === undefined) throw faqNotFound(id);
    return found;
  }

  return {
    readFaq,

    async faq(reader, { q = '', category, status, limit }) {
      const all = await readableFaq(database, reader);
      const wanted = all.filter(
        (one) =>
          (category === undefined || one.category === category) &&
          (status === undefined ? one.status !== 'archived' : one.status === status),
      );
      const items = q === '' ? wanted.toSorted(byHelp) : answering(q, wanted);
      return { items: items.slice(0, limit), categories: [...new Set(all.map((one) => one.category))].toSorted() };
    },

    createFaq: async (actor, written, candidate) => readFaq(actor, await addFaq(deps, actor, written, candidate)),

    async updateFaq(actor, id, { version, ...written }) {
      await readFaq(actor, id);
      await changeFaq(deps, actor, written, { id, version });
      return await readFaq(actor, id);
    },

    async removeFaq(actor, id) {
      await readFaq(actor, id);
      await unitOfWork.write(actor, async (tx) => {
        await deleteFaq(tx.tables<KnowledgeTables>(), id);
        await noteChange(tx, 'knowledge.remove-faq', id, {});
      });
    },

    async faqVersions(reader, id) {
      const { updatedAt: savedAt, updatedBy: savedBy, version } = await readFaq(reader, id);
      const reads = database.tables<KnowledgeTables>();
      const stored = await findFaq(reads, id);
      const now = stored === undefined ? [] : [{ ...stored.content, version, savedAt, savedBy, note: stored.note }];
      return [...now, ...(await faqVersions(reads, id))];
    },

    async voteFaq(reader, id, helpful) {
      await readFaq(reader, id);
      await unitOfWork.write(reader, async (tx) => {
        const voice = helpful ? 'helpful' : 'not-helpful';
        const at = nowInstant(clock);
        await putFaqVoice(tx.tables<KnowledgeTables>(), { faqId: id, person: reader.name, voice, at });
        await noteChange(tx, 'knowledge.vote-faq', id, { voice });
      });
      return await readFaq(reader, id);
    },
  };
}

async function addFaq(
  deps: FaqDeps,
  actor: Writer,
  { note, ...written }: WrittenFaq,
  candidate: string | undefined,
): Promise<string> {
  const { unitOfWork, clock, ids } = deps;
  const id = ids.next();
  await unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<KnowledgeTables>();
    const content = await keptFaq(tx, deps, { actor, written });
    const fresh = { id, number: await nextFaqNumber(tables), version: 1, content, note: note ?? null };
    await insertFaq(tables, { ...fresh, updatedAt: nowInstant(clock), updatedBy: actor.name });
    if (candidate !== undefined) {
      const folded = foldedQuestion(candidate);
      await putFaqDecision(tables, { folded, decision: 'accepted', at: nowInstant(clock), by: actor.name });
    }
    await noteChange(tx, 'knowledge.create-faq', id, { status: content.status });
  });
  return id;
}

async function changeFaq(
  deps: FaqDeps,
  actor: Writer,
  { note, ...written }: WrittenFaq,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<void> {
  await deps.unitOfWork.write(actor, async (tx) => {
    const before = await faqOfVersion(tx, id, version);
    const content = await keptFaq(tx, deps, { actor, written, before: before.content });
    if (JSON.stringify(content) === JSON.stringify(before.content)) return;
    const changed = { ...before, content, version: version + 1, note: note ?? null };
    const after = { ...changed, updatedAt: nowInstant(deps.clock), updatedBy: actor.name };
    await replaceFaq(tx.tables<KnowledgeTables>(), before, after);
    await noteChange(tx, 'knowledge.update-faq', id, { version: after.version, status: content.status });
  });
}

/** Questions that `from` answered are answered by `to`, which took its content; a version each. */
export async function redirectFaq(
  tx: WriteTransaction,
  { clock }: Pick<FaqDeps, 'clock'>,
  actor: Writer,
  { from, to, note }: { readonly from: string; readonly to: string; readonly note: string },
): Promise<void> {
  const tables = tx.tables<KnowledgeTables>();
  for (const before of await faqAnsweredBy(tables, from)) {
    const content = { ...before.content, entryId: to };
    const changed = { ...before, content, version: before.version + 1, note };
    await replaceFaq(tables, before, { ...changed, updatedAt: nowInstant(clock), updatedBy: actor.name });
    await noteChange(tx, 'knowledge.update-faq', before.id, { version: changed.version, entryId: to });
  }
}

function byHelp(a: FaqItem, b: FaqItem): number {
  return b.helpful - b.notHelpful - (a.helpful - a.notHelpful) || (a.updatedAt > b.updatedAt ? -1 : 1);
}

interface WrittenBy {
  readonly actor: Writer;
  readonly written: WrittenFaq;
  readonly before?: FaqContent;
}

/** With a day to look at it again, and an answer of one kind or the other. */
async function keptFaq(
  tx: WriteTransaction,
  { rules, clock }: EntriesDeps,
  { actor, written: { reviewOn, ...written }, before }: WrittenBy,
): Promise<FaqContent> {
  const { question, variants, category, answer, status } = written;
  if (answer === null && written.entryId === null) throw new KuraError('invalid', 'knowledge.faq-unanswered');
  // What was linked before may have been removed since; it stays until somebody changes it.
  const isKept = written.entryId === null || written.entryId === before?.entryId;
  const entryId = isKept ? written.entryId : (await entryIn(tx, actor, written.entryId ?? '')).id;
  const due = reviewOn === undefined ? (before?.reviewOn ?? nextReview(rules(), clock)) : reviewOn;
  return { question, variants: [...new Set(variants)], category, answer, entryId, status, reviewOn: due };
}

async function faqOfVersion(tx: WriteTransaction, id: string, version: number): Promise<StoredFaq> {
  const found = await findFaq(tx.tables<KnowledgeTables>(), id);
  if (found === undefined) throw faqNotFound(id);
  if (found.version !== version)
    throw new KuraError('conflict', 'knowledge.faq-stale', {
      params: { question: found.content.question, version: found.version, given: version },
    });
  return found;
}

function faqNotFound(id: string): KuraError {
  return new KuraError('not-found', 'knowledge.faq-not-found', { params: { id } });
}

async function noteChange(tx: WriteTransaction, action: string, id: string, after: Readonly<Record<string, unknown>>) {
  await tx.audit({ action, subject: { kind: 'knowledge-faq', id }, result: 'done', after });
}
