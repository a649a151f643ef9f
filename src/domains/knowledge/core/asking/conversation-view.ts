/** What a conversation says to its reader now: what is kept are places in entries, and those may have changed. */
import { highlights, parseQuery } from '#engines/lexis';
import type { Database, ReadTables } from '#platform/db';

import type { ConversationTurn, Passage } from '../../contract/index.ts';
import type { StoredTurn } from '../../store/conversation-store.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { Entry } from '../entries/entry-content.ts';
import { mayRead, type Reader, scopeOf } from '../entries/reading-scope.ts';
import { readableFaq } from '../faq/readable-faq.ts';
import { type EscalationRules, escalationOf } from './escalation.ts';
import { joined } from './follow-up.ts';
import type { KeptAnswer } from './kept-answer.ts';

interface ViewDeps {
  readonly database: Database;
  readonly escalation: () => EscalationRules;
}

/** Each turn with what its places say to the reader by now. */
export async function viewedTurns(
  deps: ViewDeps,
  reader: Reader,
  turns: readonly StoredTurn[],
): Promise<readonly ConversationTurn[]> {
  const cited = turns.flatMap(({ answer }) => [...answer.passages.map(({ entry }) => entry), ...answer.near]);
  const reads = deps.database.tables<KnowledgeTables>();
  const entries = new Map((await readableEntries(reads, reader, cited)).map((entry) => [entry.id, entry]));
  const hasFaq = turns.some(({ answer }) => answer.faq.length > 0);
  const faq = new Map((hasFaq ? await readableFaq(deps.database, reader) : []).map((item) => [item.id, item]));
  const rules = deps.escalation();
  return turns.map(({ key, question, askedAt, answer: { together, found, ...kept } }) => {
    const passages = kept.passages.flatMap((passage) => citedIn(entries, passage, joined(together ?? '', question)));
    return {
      key,
      question,
      askedAt,
      together,
      found,
      passages,
      lost: kept.passages.length - passages.length,
      faq: kept.faq.flatMap((id) => {
        const item = faq.get(id);
        if (item === undefined) return [];
        return { id, number: item.number, question: item.question, answer: item.answer, entry: item.entry };
      }),
      near: kept.near.flatMap((id) => {
        const entry = entries.get(id);
        return entry === undefined ? [] : { id, title: entry.title };
      }),
      escalation: escalationOf(question, rules),
    };
  });
}

function citedIn(
  entries: ReadonlyMap<string, Entry>,
  { entry: cited, version, ...place }: KeptAnswer['passages'][number],
  asked: string,
): readonly Passage[] {
  const entry = entries.get(cited);
  if (entry === undefined || entry.version !== version) return [];
  const { id, title, type, status, lang, updatedAt, owner } = entry;
  const text = entry.body.slice(place.start, place.end);
  const marks = highlights(text, parseQuery(asked));
  return [{ ...place, entry: { id, title, type, status, lang, updatedAt, owner }, text, marks }];
}

/** Of these ids, the entries that the reader may see by now. */
export async function readableEntries(
  reads: ReadTables<KnowledgeTables>,
  reader: Reader,
  ids: readonly string[],
): Promise<readonly Entry[]> {
  const scope = scopeOf(reader);
  const entries = await findEntries(reads, 'id', [...new Set(ids)]);
  return entries.filter((entry) => mayRead(scope, entry));
}
