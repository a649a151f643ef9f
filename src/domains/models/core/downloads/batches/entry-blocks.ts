/** Where the references of a batch come from, a block at a time. */
import { KuraError } from '#kernel/errors';

import { type BatchSource, type SearchQuery, searchQuerySchema } from '../../../contract/index.ts';
import type { BatchOrigin } from '../../../store/batch-store.ts';
import { listCollectedItems } from '../../../store/collection-row-store.ts';
import { findCollection } from '../../../store/collection-store.ts';
import { type LibraryFile, listLibraryFiles } from '../../../store/library-store.ts';
import { sizeOf } from '../../library/intact-file.ts';
import { readList } from '../../outputs/read-list.ts';
import type { BatchDeps } from './batch-deps.ts';
import type { BadLine } from './batch-plan.ts';
import { type BatchEntry, pointerOf } from './resolve-entry.ts';
import { searchInWords } from './search-in-words.ts';

export interface EntryBlock {
  readonly kind: BatchOrigin['kind'];
  readonly detail: string;
  readonly entries: readonly BatchEntry[];
  readonly badLines?: readonly BadLine[];
}

export type EntryDeps = Pick<BatchDeps, 'database' | 'search' | 'source'>;

const BLOCK = 100;
const SEARCH_PAGE = 1000;
const ALL = Number.POSITIVE_INFINITY;

/**
 * Everything that is named, in this order: references, list, collection, query of the catalogue, search, creator,
 * missing files. A creator's models are those that a search without further words shows: nothing for adults.
 * @throws KuraError `models.bad-list`, `models.collection-not-found`; what the site says to a search.
 */
export async function* entryBlocks(
  deps: EntryDeps,
  source: BatchSource,
  selector: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<EntryBlock, void, void> {
  yield* named('refs', source.refs ?? [], selector);
  if (source.list !== undefined) yield* listed(deps, source.list, selector);
  if (source.collection !== undefined) yield* collected(deps, source.collection, source.top ?? ALL, selector);
  for (const asked of searchesOf(source)) yield* searched(deps, asked, selector, signal);
  if (source.missing === true) yield* missing(deps);
}

function* named(kind: 'refs' | 'list', refs: readonly string[], selector: string | undefined): Generator<EntryBlock> {
  for (let start = 0; start < refs.length; start += BLOCK) {
    yield { kind, detail: '', entries: refs.slice(start, start + BLOCK).map((ref) => ({ ref, selector })) };
  }
}

function* listed(deps: EntryDeps, text: string, selector: string | undefined): Generator<EntryBlock> {
  const { refs, badLines } = readList(text, (ref) => void pointerOf(deps, ref));
  yield { kind: 'list', detail: '', entries: [], badLines };
  yield* named('list', refs, selector);
}

async function* collected(
  { database }: EntryDeps,
  id: string,
  top: number,
  selector: string | undefined,
): AsyncGenerator<EntryBlock> {
  const collection = await findCollection(database, id);
  if (collection === undefined) throw new KuraError('not-found', 'models.collection-not-found', { params: { id } });
  let after = -1;
  let left = top;
  while (left > 0) {
    const rows = await listCollectedItems(database, id, { only: 'all', after, limit: Math.min(BLOCK, left) });
    const last = rows.at(-1);
    if (last === undefined) return;
    const entries = rows.map(({ modelId, versionId }) => ({ ref: `${modelId}@${versionId}`, selector }));
    yield { kind: 'collection', detail: id, entries };
    after = last.place;
    left -= rows.length;
  }
}

interface Asked {
  readonly kind: 'search' | 'where' | 'creator';
  readonly detail: string;
  readonly query: SearchQuery;
  readonly top: number;
  /** Every version of a model that was found, not only the one that fits best. */
  readonly everyVersion: boolean;
}

function searchesOf({ where, by, search, creator, top }: BatchSource): readonly Asked[] {
  const asked: Asked[] = [];
  if (where !== undefined) {
    const query = searchQuerySchema.parse({ query: where, source: 'catalogue', sortBy: by ?? 'downloads' });
    asked.push({ kind: 'where', detail: where, query, top: top ?? query.limit, everyVersion: false });
  }
  if (search !== undefined) {
    asked.push({
      kind: 'search',
      detail: searchInWords(search),
      query: search,
      top: top ?? search.limit,
      everyVersion: false,
    });
  }
  if (creator !== undefined) {
    const query = searchQuerySchema.parse({ creator });
    asked.push({ kind: 'creator', detail: creator, query, top: top ?? ALL, everyVersion: true });
  }
  return asked;
}

/** @throws what the site says: half a search is not what was asked for. */
async function* searched(
  deps: EntryDeps,
  { kind, detail, query, top, everyVersion }: Asked,
  selector: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<EntryBlock> {
  let { cursor } = query;
  let left = top;
  do {
    const page = { ...query, limit: Math.min(SEARCH_PAGE, left), ...(cursor === undefined ? {} : { cursor }) };
    const outcome = await deps.search(page, signal);
    if (outcome.error !== undefined) throw outcome.error;
    for (let start = 0; start < outcome.found.length; start += BLOCK) {
      const found = outcome.found.slice(start, start + BLOCK);
      const entries = found.flatMap(({ model, versions }) =>
        versions.slice(0, everyVersion ? versions.length : 1).map((version) => ({
          ref: `${model.modelId}@${version.versionId}`,
          selector,
          seen: { model, version },
        })),
      );
      yield { kind, detail, entries };
    }
    left -= outcome.found.length;
    cursor = outcome.nextCursor;
  } while (cursor !== undefined && left > 0);
}

/** One that was adopted without an origin is known by its hash alone. */
function theVeryFile({ modelId, versionId, fileId, sha256 }: LibraryFile): BatchEntry {
  if (versionId === null || fileId === null) return { ref: `sha256:${sha256}`, selector: undefined };
  return { ref: modelId === null ? `@${versionId}` : `${modelId}@${versionId}`, selector: String(fileId) };
}

async function* missing({ database }: EntryDeps): AsyncGenerator<EntryBlock> {
  let cursor: string | undefined;
  do {
    const page = await listLibraryFiles(database, { limit: BLOCK, cursor });
    const entries: BatchEntry[] = [];
    for (const file of page.items) {
      // Looked at, not believed: what was deleted a minute ago has no state for it yet.
      if ((await sizeOf(file.path)) === undefined) entries.push(theVeryFile(file));
    }
    if (entries.length > 0) yield { kind: 'missing', detail: '', entries };
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
