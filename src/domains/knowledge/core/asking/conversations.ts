/**
 * Questions asked one after the other (K-142, K-143), each answered by what stands in entries. Kept is where answers
 * stand; what they say is read anew each time, as far as the reader may see it by then.
 */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { IdSource } from '#kernel/ids';
import { DAY } from '#kernel/units';

import type { ConversationTurn, ConversationView, EntryView, KnowledgeAnswer } from '../../contract/index.ts';
import { newEntrySchema } from '../../contract/index.ts';
import {
  conversationsOf,
  deleteConversation,
  deleteConversationsBefore,
  deleteConversationsBeyond,
  findConversation,
  insertConversation,
  insertTurn,
  type ListedConversation,
  type StoredConversation,
  type StoredTurn,
  setHandedOver,
  touchConversation,
  turnsOf,
} from '../../store/conversation-store.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { addEntry, type EntriesDeps, keptContent, viewOf, type Writer } from '../entries/entry-changes.ts';
import { conversationChanged } from '../entries/entry-events.ts';
import { writtenContent } from '../entries/publishing-rules.ts';
import type { Reader } from '../entries/reading-scope.ts';
import { namedEntry } from '../faq/readable-faq.ts';
import type { Finding } from '../search/finding.ts';
import { readableEntries, viewedTurns } from './conversation-view.ts';
import type { EscalationRules } from './escalation.ts';
import { aboutFollowUp, joined, refersBack } from './follow-up.ts';
import { handedOver } from './handed-over.ts';
import type { KeptAnswer } from './kept-answer.ts';

/** All of them throw KuraError `knowledge.conversation-not-found` for those of others. */
export interface Conversations {
  startConversation(writer: Writer): Promise<ConversationView>;
  /** The reader's own, last continued first. */
  conversations(reader: Reader): Promise<readonly ListedConversation[]>;
  readConversation(reader: Reader, id: string): Promise<ConversationView>;
  /**
   * The same key again gives the same turn.
   * @throws KuraError `knowledge.question-key-used` by another question, `knowledge.conversation-full`.
   */
  askInConversation(
    writer: Writer,
    id: string,
    asked: { readonly key: string; readonly question: string },
  ): Promise<ConversationTurn>;
  removeConversation(writer: Writer, id: string): Promise<void>;
  /** The draft of an incident; the same one when it was handed over before. @throws KuraError `knowledge.conversation-empty`. */
  handOverConversation(writer: Writer, id: string, lang: 'ja' | 'en'): Promise<EntryView>;
}

export interface ConversationsDeps extends EntriesDeps {
  readonly ids: IdSource;
  readonly finding: Pick<Finding, 'ask'>;
  readonly escalation: () => EscalationRules;
}

/** After which nobody goes on with one any more. */
export const conversationDays = 90;
const mostListed = 50;
const mostTurns = 100;
/** Of one person: with the next one the least recently continued goes. */
const mostKept = 200;
const mostPassages = 3;

export function createConversations(deps: ConversationsDeps): Conversations {
  const { database, unitOfWork, clock, ids } = deps;

  return {
    async startConversation(actor) {
      const now = nowInstant(clock);
      const started = { id: ids.next(), person: actor.name, entryId: null, startedAt: now, updatedAt: now };
      await unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        await deleteConversationsBefore(tables, new Date(clock.now() - conversationDays * DAY).toISOString());
        await insertConversation(tables, started);
        await deleteConversationsBeyond(tables, actor.name, mostKept);
      });
      return { id: started.id, startedAt: now, updatedAt: now, turns: [], entry: null };
    },

    conversations: (reader) => conversationsOf(database.tables<KnowledgeTables>(), reader.name, mostListed),

    async readConversation(reader, id) {
      const { entryId, startedAt, updatedAt } = await find(deps, reader, id);
      const reads = database.tables<KnowledgeTables>();
      const turns = await viewedTurns(deps, reader, await turnsOf(reads, id));
      const [entry] = await readableEntries(reads, reader, entryId === null ? [] : [entryId]);
      return { id, startedAt, updatedAt, turns, entry: namedEntry(entry) };
    },

    askInConversation: (actor, id, asked) => askOnce(deps, actor, { ...asked, id }),

    async removeConversation(actor, id) {
      await find(deps, actor, id);
      await unitOfWork.write(actor, async (tx) => {
        await deleteConversation(tx.tables<KnowledgeTables>(), id);
        tx.publish(conversationChanged, { conversation: id, gone: true });
      });
    },

    handOverConversation: (actor, id, lang) => handOver(deps, actor, { id, lang }),
  };
}

async function find({ database }: ConversationsDeps, reader: Reader, id: string): Promise<StoredConversation> {
  const found = await findConversation(database.tables<KnowledgeTables>(), reader.name, id);
  if (found === undefined) throw notFound(id);
  return found;
}

interface Asked {
  readonly id: string;
  readonly key: string;
  readonly question: string;
}

/** Searched outside of the transaction: nobody else waits for it, and two who send the same keep the first answer. */
async function askOnce(deps: ConversationsDeps, actor: Writer, asked: Asked): Promise<ConversationTurn> {
  const { id } = await find(deps, actor, asked.id);
  const before = await turnsOf(deps.database.tables<KnowledgeTables>(), id);
  const known = knownTurn(before, asked);
  const turn = known ?? (await keep(deps, actor, asked, await answerOf(deps, actor, asked.question, before.at(-1))));
  const [viewed] = await viewedTurns(deps, actor, [turn]);
  if (viewed === undefined) throw notFound(id);
  return viewed;
}

function keep(
  { unitOfWork, clock }: ConversationsDeps,
  actor: Writer,
  asked: Asked,
  answer: KeptAnswer,
): Promise<StoredTurn> {
  const { id, key, question } = asked;
  return unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<KnowledgeTables>();
    const askedAt = nowInstant(clock);
    await touchConversation(tables, id, askedAt);
    if ((await findConversation(tables, actor.name, id)) === undefined) throw notFound(id);
    const turns = await turnsOf(tables, id);
    const known = knownTurn(turns, asked);
    if (known !== undefined) return known;
    if (turns.length >= mostTurns)
      throw new KuraError('limit', 'knowledge.conversation-full', { params: { most: mostTurns } });
    const added = { key, question, answer, number: turns.length + 1, askedAt };
    await insertTurn(tables, id, added);
    tx.publish(conversationChanged, { conversation: id, gone: false });
    return added;
  });
}

/** Told outside of the transaction: what reads beside an open one waits for a second connection. */
async function handOver(
  deps: ConversationsDeps,
  actor: Writer,
  { id, lang }: { readonly id: string; readonly lang: 'ja' | 'en' },
): Promise<EntryView> {
  const { database, unitOfWork, clock, writer } = deps;
  await find(deps, actor, id);
  const turns = await viewedTurns(deps, actor, await turnsOf(database.tables<KnowledgeTables>(), id));
  const draft = handedOver(turns, lang);
  return await unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<KnowledgeTables>();
    const conversation = await findConversation(tables, actor.name, id);
    if (conversation === undefined) throw notFound(id);
    await touchConversation(tables, id, nowInstant(clock));
    const { entryId } = conversation;
    const [former] = await readableEntries(tables, actor, entryId === null ? [] : [entryId]);
    if (former !== undefined) return viewOf(former);
    if (draft === undefined) throw new KuraError('conflict', 'knowledge.conversation-empty', { params: { id } });
    const entry = newEntrySchema.parse({ ...draft, type: 'incident', status: 'draft', lang });
    const content = await keptContent(tx, deps, writtenContent(entry, undefined));
    const added = await addEntry(tx, writer, { content });
    await setHandedOver(tables, id, added.id);
    tx.publish(conversationChanged, { conversation: id, gone: false });
    return viewOf(added);
  });
}

function notFound(id: string): KuraError {
  return new KuraError('not-found', 'knowledge.conversation-not-found', { params: { id } });
}

/** @throws KuraError `knowledge.question-key-used`. */
function knownTurn(turns: readonly StoredTurn[], { key, question }: Omit<Asked, 'id'>): StoredTurn | undefined {
  const known = turns.find((turn) => turn.key === key);
  if (known === undefined || known.question === question) return known;
  throw new KuraError('conflict', 'knowledge.question-key-used', { params: { question: known.question } });
}

/** A follow-up is asked together with what it follows, one that stands alone by itself first. */
async function answerOf(
  { finding, database }: ConversationsDeps,
  reader: Reader,
  question: string,
  previous: StoredTurn | undefined,
): Promise<KeptAnswer> {
  const topic = previous === undefined ? undefined : (previous.answer.together ?? previous.question);
  const follows = topic !== undefined && refersBack(question);
  if (follows) {
    const both = await together(topic);
    if (both !== undefined) return both;
  }
  // Noted as unanswered only once nothing else is left to try.
  const isLast = topic === undefined || follows;
  const alone = await finding.ask(reader, { q: question, limit: mostPassages }, { quiet: !isLast });
  if (isLast || isAnswered(alone)) return await kept(alone, null);
  const both = await together(topic);
  if (both !== undefined) return both;
  return await kept(await finding.ask(reader, { q: question, limit: mostPassages }), null);

  async function together(earlier: string): Promise<KeptAnswer | undefined> {
    const asked = { q: joined(earlier, question), limit: mostPassages };
    const answer = await finding.ask(reader, asked, { quiet: true });
    const passages = aboutFollowUp(question, answer.passages);
    return passages.length === 0 ? undefined : await kept({ ...answer, passages, faq: [] }, earlier);
  }

  async function kept(answer: KnowledgeAnswer, earlier: string | null): Promise<KeptAnswer> {
    const cited = answer.passages.map(({ entry }) => entry.id);
    const entries = await findEntries(database.tables<KnowledgeTables>(), 'id', cited);
    const current = new Map(entries.map((entry) => [entry.id, entry]));
    return {
      together: earlier,
      found: isAnswered(answer),
      passages: answer.passages.map(({ entry, heading, text, start, end, coverage }) => {
        const cited = current.get(entry.id);
        // Rewritten since it was searched: the place belongs to a version that is gone, and is counted as lost.
        const version = cited?.body.slice(start, end) === text ? cited.version : 0;
        return { entry: entry.id, version, heading, start, end, coverage };
      }),
      faq: answer.faq.slice(0, mostPassages).map(({ id }) => id),
      near: answer.near.map(({ id }) => id),
    };
  }
}

function isAnswered({ found, faq }: Pick<KnowledgeAnswer, 'found' | 'faq'>): boolean {
  return found || faq.length > 0;
}
