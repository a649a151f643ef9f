/**
 * What people search and open on pages (K-012, K-016), noted a few seconds later in one transaction, so that no answer
 * waits for it. Never who: readers are told apart within a month by a hash whose salt is forgotten afterwards.
 */
import { createHash } from 'node:crypto';

import { normalise } from '#engines/lexis';
import type { Clock, Random } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import { DAY, SECOND } from '#kernel/units';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { UseAction } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import {
  addUse,
  forgetBatches,
  forgetUses,
  insertSearches,
  isFirstTime,
  type Opening,
  openSearch,
  type SearchRow,
  saltOf,
} from '../../store/use-store.ts';
import { isPersonal, longestNoted } from '../search/unanswered-searches.ts';
import { dayOf } from './period.ts';

export interface UseNotesDeps {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  /** For how many days uses are kept; 0: none is noted. */
  readonly keepDays: () => number;
}

export interface SearchedPage {
  readonly q: string;
  /** One search until the pause is long enough. */
  readonly typing: boolean;
  readonly hits: number;
}

export interface UsedEntry {
  readonly entryId: string;
  readonly action: UseAction;
  readonly search?: { readonly id: string; readonly place: number } | undefined;
  /** Who looks after it reads it for other reasons: that answers a search, but counts as no use. */
  readonly isOwn: boolean;
}

export interface UseNotes extends AsyncDisposable {
  /** The id under which an opening refers to it; undefined when it is not noted. */
  search(person: string, searched: SearchedPage): string | undefined;
  use(person: string, used: UsedEntry): void;
  /** Writes what can be written; done before reports are read. */
  flush(): Promise<void>;
}

const usageActor: Actor = { kind: 'system', id: 'knowledge', name: 'knowledge' };
const flushEvery = 5 * SECOND;
/** Who types on within this time is still typing the same search. */
const typingPause = 10 * SECOND;
/** More than that is dropped: a crowd must not fill the memory while the database cannot be written. */
const mostHeld = 10_000;
/** A batch that was written and not heard of is tried again within seconds. */
const batchesKeptDays = 2;

interface HeldSearch extends SearchRow {
  readonly at: number;
  readonly typing: boolean;
}

/** Written in one transaction, and once: a commit that was not heard of is recognised by the id. */
interface Batch {
  readonly id: string;
  readonly searches: readonly HeldSearch[];
  readonly uses: readonly HeldUse[];
}

interface HeldUse {
  readonly person: string;
  readonly used: UsedEntry;
  readonly at: number;
}

export function createUseNotes(deps: UseNotesDeps): UseNotes {
  const { clock, ids, keepDays } = deps;
  const searches = new Map<string, HeldSearch>();
  const typedBy = new Map<string, string>();
  let uses: HeldUse[] = [];
  const batches = createBatches(deps);

  /** Searches that are over; of those still typed, all when it ends. */
  function takeSettled(everything: boolean): readonly HeldSearch[] {
    const now = clock.now();
    const opened = new Set(uses.map(({ used }) => used.search?.id));
    const settled = [...searches.values()].filter(
      ({ id, typing, at }) => everything || !typing || opened.has(id) || now - at >= typingPause,
    );
    for (const { id } of settled) searches.delete(id);
    for (const [person, id] of typedBy) if (!searches.has(id)) typedBy.delete(person);
    return settled;
  }

  async function flush(everything = false): Promise<void> {
    const settled = takeSettled(everything);
    const used = uses;
    uses = [];
    if (settled.length + used.length > 0) batches.add({ id: ids.next(), searches: settled, uses: used });
    await batches.write();
  }

  const timer = setInterval(() => void flush(), flushEvery);
  timer.unref();

  return {
    search(person, { q, typing, hits }) {
      const query = q.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim();
      if (keepDays() === 0 || query === '' || searches.size >= mostHeld) return undefined;
      const at = clock.now();
      const before = searches.get(typedBy.get(person) ?? '');
      const goesOn = before !== undefined && at - before.at < typingPause;
      const id = goesOn ? before.id : ids.next();
      const isPrivate = query.length > longestNoted || isPersonal(query);
      const words = isPrivate ? { folded: '', query: '' } : { folded: normalise(query).text, query };
      searches.set(id, { id, day: dayOf(at), ...words, hits, at, typing });
      if (typing) typedBy.set(person, id);
      else typedBy.delete(person);
      return id;
    },

    use(person, used) {
      if (keepDays() > 0 && uses.length < mostHeld) uses.push({ person, used, at: clock.now() });
      // What was opened was typed to its end.
      if (used.search !== undefined) typedBy.delete(person);
    },

    flush: () => flush(),

    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await flush(true);
    },
  };
}

/** What is to be written, in order; on a database that cannot be written other things say so, and batches wait. */
function createBatches(deps: UseNotesDeps) {
  const waiting: Batch[] = [];
  let writing = Promise.resolve();

  async function writeWaiting(): Promise<void> {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      try {
        await write(deps, next);
      } catch {
        return;
      }
      waiting.shift();
    }
  }

  return {
    /** Dropped where too much waits. */
    add(batch: Batch): void {
      const held = waiting.reduce((sum, one) => sum + one.searches.length + one.uses.length, 0);
      if (held < mostHeld) waiting.push(batch);
    },
    async write(): Promise<void> {
      if (waiting.length === 0) return;
      writing = writing.then(writeWaiting);
      await writing;
    },
  };
}

async function write(
  { unitOfWork, clock, random, keepDays }: UseNotesDeps,
  { id, searches, uses }: Batch,
): Promise<void> {
  await unitOfWork.write(usageActor, async (tx) => {
    const tables = tx.tables<KnowledgeTables>();
    const today = dayOf(clock.now());
    if (!(await isFirstTime(tables, { id, day: today }))) return;
    await insertSearches(tables, searches);
    const salt = await saltOf(tables, today.slice(0, 7), Buffer.from(random.bytes(16)).toString('hex'));
    for (const { person, used, at } of uses) {
      const { entryId, action, search, isOwn } = used;
      if (!isOwn) await addUse(tables, { entryId, action, day: dayOf(at), viewer: viewerOf(salt, person) });
      if (search !== undefined) await openSearch(tables, openingOf(search, at, searches));
    }
    await forgetUses(tables, dayOf(clock.now() - keepDays() * DAY));
    await forgetBatches(tables, dayOf(clock.now() - batchesKeptDays * DAY));
  });
}

function openingOf(
  { id, place }: NonNullable<UsedEntry['search']>,
  at: number,
  searches: readonly HeldSearch[],
): Opening {
  const searchedAt = searches.find((search) => search.id === id)?.at ?? momentOf(id);
  return { search: id, place, afterMs: Math.max(0, at - searchedAt) };
}

/** Ids of this server begin with the moment they were made at (RFC 9562 §5.7). */
function momentOf(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) || 0;
}

function viewerOf(salt: string, person: string): string {
  return createHash('sha256').update(`${salt} ${person}`).digest('base64url').slice(0, 16);
}
