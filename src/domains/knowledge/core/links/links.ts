/** Links between entries (K-005), shown at both ends, and the next entry of a chain (K-060). */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { WriteTransaction } from '#platform/unit-of-work';

import {
  type EntryLink,
  type EntryType,
  type EntryView,
  entryTemplates,
  type LinkKind,
  linkEnds,
} from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { deleteLink, type LinkKey, linksOf, putLink } from '../../store/link-store.ts';
import type { EntriesWithPlaces } from '../entries/entries.ts';
import { addEntry, type EntriesDeps, entryIn, subjectOf, viewOf, type Writer } from '../entries/entry-changes.ts';
import { contentOf, type Entry } from '../entries/entry-content.ts';
import { type Reader, scopeOf } from '../entries/reading-scope.ts';

export interface NewLink {
  readonly kind: LinkKind;
  /** Id of the other entry, ours or the one it came with. */
  readonly target: string;
  readonly note?: string | undefined;
}

export interface Links {
  /** @throws KuraError `knowledge.entry-not-found`. */
  links(reader: Reader, reference: string): Promise<readonly EntryLink[]>;
  /** @throws KuraError `knowledge.entry-not-found`, `knowledge.link-to-itself`, `knowledge.link-ends`. */
  link(writer: Writer, reference: string, link: NewLink): Promise<readonly EntryLink[]>;
  /** A link that is not there is no error. @throws KuraError `knowledge.entry-not-found`. */
  unlink(writer: Writer, reference: string, link: Omit<NewLink, 'note'>): Promise<void>;
  /** @throws KuraError `knowledge.entry-not-found`, `knowledge.nothing-follows`. */
  follow(writer: Writer, reference: string): Promise<EntryView>;
  /**
   * The draft of a problem, for no more people than may see every one of its incidents, and linked with them.
   * @throws KuraError `knowledge.entry-not-found`, `knowledge.link-ends` when one is no incident.
   */
  proposeProblem(writer: Writer, incidents: readonly string[]): Promise<EntryView>;
}

/** What follows from an entry of a type, and by which link. */
const following: ReadonlyMap<EntryType, { readonly type: EntryType; readonly kind: LinkKind }> = new Map(
  [...linkEnds].map(([kind, { from, to }]) => [from, { type: to, kind }]),
);

export function createLinks(deps: EntriesDeps, entries: Pick<EntriesWithPlaces, 'find'>): Links {
  const { database, unitOfWork, clock, writer } = deps;

  async function links(reader: Reader, reference: string): Promise<readonly EntryLink[]> {
    return await linksSeen(reader, await entries.find(reader, reference));
  }

  async function linksSeen(reader: Reader, { id }: Entry): Promise<readonly EntryLink[]> {
    return await linksOf(database.tables<KnowledgeTables>(), scopeOf(reader), id);
  }

  return {
    links,

    async link(actor, reference, { kind, target, note }) {
      const [one, other] = [await entries.find(actor, reference), await entries.find(actor, target)];
      await unitOfWork.write(actor, async (tx) => {
        const ends = { source: await entryIn(tx, actor, one.id), target: await entryIn(tx, actor, other.id) };
        requireFitting(kind, ends);
        await put(tx, keyOf(kind, ends), note ?? null);
        await tx.audit({
          action: 'knowledge.link-entries',
          subject: subjectOf(ends.source),
          result: 'done',
          after: { kind, target: other.id },
        });
      });
      return await linksSeen(actor, one);
    },

    async unlink(actor, reference, { kind, target }) {
      const [one, other] = [await entries.find(actor, reference), await entries.find(actor, target)];
      await unitOfWork.write(actor, async (tx) => {
        await deleteLink(tx.tables<KnowledgeTables>(), keyOf(kind, { source: one, target: other }));
        await tx.audit({
          action: 'knowledge.unlink-entries',
          subject: subjectOf(one),
          result: 'done',
          before: { kind, target: other.id },
        });
      });
    },

    async follow(actor, reference) {
      const { id } = await entries.find(actor, reference);
      return await unitOfWork.write(actor, async (tx) => {
        const source = await entryIn(tx, actor, id);
        const next = following.get(source.type);
        if (next === undefined)
          throw new KuraError('conflict', 'knowledge.nothing-follows', { params: { title: source.title } });
        const target = await addEntry(tx, writer, { content: followUp(source, next.type) });
        await put(tx, keyOf(next.kind, { source, target }), null);
        return viewOf(target);
      });
    },

    async proposeProblem(actor, incidents) {
      const ids = new Set<string>();
      for (const reference of incidents) ids.add((await entries.find(actor, reference)).id);
      return await unitOfWork.write(actor, async (tx) => viewOf(await draftProblem(tx, deps, actor, ids)));
    },
  };

  async function put(tx: WriteTransaction, key: LinkKey, note: string | null): Promise<void> {
    await putLink(tx.tables<KnowledgeTables>(), key, { note, at: nowInstant(clock), by: tx.actor.name });
  }
}

async function draftProblem(
  tx: WriteTransaction,
  { clock, writer }: EntriesDeps,
  actor: Writer,
  incidents: ReadonlySet<string>,
): Promise<Entry> {
  const sources: Entry[] = [];
  for (const id of incidents) sources.push(await entryIn(tx, actor, id));
  const target = await addEntry(tx, writer, { content: problemOf(sources) });
  for (const source of sources) {
    requireFitting('analysed-by', { source, target });
    const key = keyOf('analysed-by', { source, target });
    await putLink(tx.tables<KnowledgeTables>(), key, { note: null, at: nowInstant(clock), by: tx.actor.name });
  }
  return target;
}

interface Ends {
  readonly source: Entry;
  readonly target: Entry;
}

function requireFitting(kind: LinkKind, { source, target }: Ends): void {
  if (source.id === target.id) throw new KuraError('invalid', 'knowledge.link-to-itself');
  const ends = linkEnds.get(kind);
  if (ends === undefined || (ends.from === source.type && ends.to === target.type)) return;
  throw new KuraError('invalid', 'knowledge.link-ends', { params: { kind, ...ends } });
}

function keyOf(kind: LinkKind, { source, target }: Ends): LinkKey {
  return { source: source.id, target: target.id, kind };
}

/** For the same people as its cause. */
function followUp(source: Entry, type: EntryType) {
  const { body } = entryTemplates[source.lang === 'ja' ? 'ja' : 'en'][type];
  return { ...contentOf(source), type, body, status: 'draft', reviewOn: null, reviewer: null } as const;
}

/** As the newest of them says it; the narrowest circle of readers counts. */
function problemOf(incidents: readonly Entry[]) {
  const [newest] = incidents.toSorted((a, b) => (a.createdAt > b.createdAt ? -1 : 1));
  if (newest === undefined) throw new KuraError('invalid', 'knowledge.entry-not-found', { params: { id: '' } });
  const [first, ...others] = new Set(incidents.filter(({ visibility }) => visibility !== 'public').map(circleOf));
  if (first === undefined) return followUp(newest, 'problem');
  const isOneDepartment = others.length === 0 && newest.visibility !== 'confidential';
  const department = incidents.find((one) => one.visibility === 'department')?.department ?? null;
  return isOneDepartment && department !== null
    ? { ...followUp(newest, 'problem'), visibility: 'department' as const, department }
    : { ...followUp(newest, 'problem'), visibility: 'confidential' as const, department: null };
}

function circleOf({ visibility, department }: Entry): string {
  return `${visibility} ${department ?? ''}`;
}
