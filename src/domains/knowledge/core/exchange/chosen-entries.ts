/** Which entries somebody takes along: chosen by hand or by what they have in common, never more than one may see. */
import type { Database } from '#platform/db';

import type { EntryStatus, EntryType } from '../../contract/index.ts';
import { entriesAfter, findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { Entry } from '../entries/entry-content.ts';
import { mayRead, type Reader, scopeOf } from '../entries/reading-scope.ts';
import { readTagNames, tagName } from '../tags/tag-names.ts';

export interface ChosenEntries {
  /** Those that there are and that the reader may see. */
  readonly id?: readonly string[] | undefined;
  readonly type?: readonly EntryType[] | undefined;
  /** All of them; former names count. */
  readonly tag?: readonly string[] | undefined;
  readonly status?: readonly EntryStatus[] | undefined;
}

export interface ChosenPage {
  /** In order of creation. */
  readonly entries: readonly Entry[];
  /** Where the next page begins; null: this was the last one. */
  readonly next: number | null;
}

/** Looked at for one page; those left out are among them. */
const entriesPerPage = 500;

/** @param after `next` of the page before; 0 for the first. */
export async function chosenPage(
  database: Database,
  reader: Reader,
  { chosen, after }: { readonly chosen: ChosenEntries; readonly after: number },
): Promise<ChosenPage> {
  const reads = database.tables<KnowledgeTables>();
  const scope = scopeOf(reader);
  const { id, type, status } = chosen;
  const names = chosen.tag === undefined ? undefined : await readTagNames(reads);
  const tags = (chosen.tag ?? []).map((tag) => (names === undefined ? tag : tagName(names, tag)));
  function isChosen(entry: Entry): boolean {
    return (
      mayRead(scope, entry) &&
      (type === undefined || type.includes(entry.type)) &&
      (status === undefined || status.includes(entry.status)) &&
      tags.every((tag) => entry.tags.includes(tag))
    );
  }
  if (id !== undefined) {
    const found = await findEntries(reads, 'id', [...new Set(id)]);
    return { entries: found.filter(isChosen).toSorted((a, b) => a.position - b.position), next: null };
  }
  const read = await entriesAfter(reads, after, entriesPerPage);
  return {
    entries: read.filter(isChosen),
    next: read.length < entriesPerPage ? null : (read.at(-1)?.position ?? null),
  };
}
