/** What an entry said before, brought back if need be; and entries that were removed. */
import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { ComparedVersions, EntryView, ListedVersion, RemovedEntryView } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import {
  type EntryVersion,
  findRemoved,
  findVersion,
  listRemoved,
  purgeEntries,
  type RemovedEntry,
  versionsOf,
} from '../../store/version-store.ts';
import { dropUnheld } from '../attachments/drop-unheld.ts';
import { compareContents } from './compare-versions.ts';
import type { EntriesWithPlaces } from './entries.ts';
import {
  type EntriesDeps,
  entryOfVersion,
  keptContent,
  publishSaved,
  replaceEntry,
  subjectOf,
  viewOf,
  type Writer,
} from './entry-changes.ts';
import { contentHash, contentOf, type Entry } from './entry-content.ts';
import { mayRead, type Reader, scopeOf } from './reading-scope.ts';

export interface EntryHistory {
  /** Newest first, the present one included; only those the reader may see. @throws KuraError `knowledge.entry-not-found`. */
  versions(reader: Reader, reference: string): Promise<readonly ListedVersion[]>;
  /** @throws KuraError `knowledge.entry-not-found`, `knowledge.version-not-found`. */
  compare(reader: Reader, reference: string, versions: ComparedPair): Promise<ComparedVersions>;
  /**
   * Title, type, text, tags and language as they were; who sees it and who answers for it stays as it is.
   * @throws KuraError as `update`, and `knowledge.version-not-found`.
   */
  restoreVersion(writer: Writer, id: string, restored: RestoredVersion): Promise<EntryView>;
  /** Last removed first. */
  removed(reader: Reader, limit: number): Promise<readonly RemovedEntryView[]>;
  /**
   * With its id, history, links and votes; links and votes of one that was joined with another entry stay with that one.
   * @throws KuraError `knowledge.removed-not-found`, `knowledge.external-id-taken`.
   */
  bringBack(writer: Writer, id: string): Promise<EntryView>;
  /** Nothing of it can come back. @throws KuraError `knowledge.removed-not-found`. */
  purge(writer: Writer, id: string): Promise<void>;
}

export interface ComparedPair {
  readonly from: number;
  readonly to: number;
}

export interface RestoredVersion {
  /** Which one comes back. */
  readonly restored: number;
  /** The present one, as it was read. */
  readonly version: number;
  readonly note?: string | undefined;
}

const mostVersions = 200;
const removedPerRead = 200;

export function createEntryHistory(deps: EntriesDeps, entries: Pick<EntriesWithPlaces, 'find'>): EntryHistory {
  const { database, unitOfWork, writer } = deps;

  return {
    async versions(reader, reference) {
      const entry = await entries.find(reader, reference);
      const before = await versionsOf(database.tables<KnowledgeTables>(), entry.id, mostVersions);
      return [presentVersion(entry), ...before.filter((one) => isReadable(reader, entry, one))].map(listed);
    },

    async compare(reader, reference, { from, to }) {
      const entry = await entries.find(reader, reference);
      const [before, after] = [await versionOf(reader, entry, from), await versionOf(reader, entry, to)];
      return {
        id: entry.id,
        from: listed(before),
        to: listed(after),
        ...compareContents(before.content, after.content),
      };
    },

    restoreVersion: async (actor, id, { restored, version, note }) => {
      const { content: earlier } = await versionOf(actor, await entries.find(actor, id), restored);
      return await unitOfWork.write(actor, async (tx) => {
        const before = await entryOfVersion(tx, actor, { id, version });
        const { title, type, body, tags, lang } = earlier;
        const old = { ...contentOf(before), title, type, body, tags, lang };
        const content = await keptContent(tx, deps, old, before);
        if (contentHash(content) === before.contentHash) return viewOf(before);
        return viewOf(await replaceEntry(tx, writer, { before, content, note, restoredFrom: restored }));
      });
    },

    async removed(reader, limit) {
      const shown = await removedShown(deps, reader, limit);
      return shown.map((one) => removedView(one, deps));
    },

    bringBack: (actor, id) =>
      unitOfWork.write(actor, async (tx) => {
        const { entry } = await removedIn(tx, actor, id);
        const back = await writer.bringBack(tx, entry);
        await tx.audit({ action: 'knowledge.bring-back-entry', subject: subjectOf(back), result: 'done' });
        publishSaved(tx, back);
        return viewOf(back);
      }),

    async purge(actor, id) {
      const contents = await unitOfWork.write(actor, async (tx) => {
        const { entry } = await removedIn(tx, actor, id);
        const held = await purgeEntries(tx.tables<KnowledgeTables>(), [id]);
        await tx.audit({ action: 'knowledge.purge-entry', subject: subjectOf(entry), result: 'done' });
        return held;
      });
      await dropUnheld(deps, contents);
    },
  };

  async function versionOf(reader: Reader, entry: Entry, version: number): Promise<EntryVersion> {
    if (version === entry.version) return presentVersion(entry);
    const found = await findVersion(database.tables<KnowledgeTables>(), entry.id, version);
    if (found !== undefined && isReadable(reader, entry, found)) return found;
    throw new KuraError('not-found', 'knowledge.version-not-found', { params: { id: entry.id, version } });
  }
}

/** What the reader may not see takes no place among the first `limit`. */
async function removedShown(
  { database }: Pick<EntriesDeps, 'database'>,
  reader: Reader,
  limit: number,
): Promise<readonly RemovedEntry[]> {
  const scope = scopeOf(reader);
  const shown: RemovedEntry[] = [];
  for (let offset = 0; shown.length < limit; offset += removedPerRead) {
    const page = await listRemoved(database.tables<KnowledgeTables>(), { offset, limit: removedPerRead });
    shown.push(...page.filter(({ entry }) => mayRead(scope, entry)));
    if (page.length < removedPerRead) break;
  }
  return shown.slice(0, limit);
}

/** A text that was for few stays so, even if a later one is for all. */
function isReadable(reader: Reader, { createdBy }: Entry, { content }: EntryVersion): boolean {
  return mayRead(scopeOf(reader), { ...content, createdBy });
}

async function removedIn(tx: WriteTransaction, reader: Reader, id: string): Promise<RemovedEntry> {
  const removed = await findRemoved(tx.tables<KnowledgeTables>(), 'id', id);
  if (removed === undefined || !mayRead(scopeOf(reader), removed.entry))
    throw new KuraError('not-found', 'knowledge.removed-not-found', { params: { id } });
  return removed;
}

function presentVersion(entry: Entry): EntryVersion {
  return {
    version: entry.version,
    savedAt: entry.updatedAt,
    savedBy: entry.updatedBy,
    note: entry.note,
    restoredFrom: entry.restoredFrom,
    content: contentOf(entry),
  };
}

function listed({ content: { title, status }, ...version }: EntryVersion): ListedVersion {
  return { ...version, title, status };
}

function removedView(
  { entry, removedAt, removedBy, mergedInto }: RemovedEntry,
  { rules }: Pick<EntriesDeps, 'rules'>,
): RemovedEntryView {
  const { id, title, type } = entry;
  const { removedDays } = rules();
  const isKept = removedDays === 0 || mergedInto !== null;
  const purgeAt = new Date(Date.parse(removedAt) + removedDays * DAY).toISOString();
  return { id, title, type, removedAt, removedBy, mergedInto, purgeAt: isKept ? null : purgeAt };
}
