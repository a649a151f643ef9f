/** What differs between two snapshots: their lists side by side, neither held in memory. */
import { comparePaths } from '../format/byte-path.ts';
import { loadBlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { resolveSnapshot } from '../snapshot/snapshot.ts';
import { encodeEntry, type TreeEntry } from '../snapshot/tree-entry.ts';
import { readTreeList } from '../snapshot/tree-list.ts';

export interface Difference {
  /** `content`: other bytes, or another link target; `facts`: only mode, owner, times or attributes; `type`: no longer the same kind. */
  readonly change: 'added' | 'removed' | 'content' | 'facts' | 'type';
  readonly path: Buffer;
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
}

export interface DiffRequest {
  readonly before: string;
  readonly after: string;
  readonly signal: AbortSignal;
}

export async function* diffSnapshots(context: VaultContext, request: DiffRequest): AsyncGenerator<Difference> {
  const { signal } = request;
  const [before, after] = await Promise.all(
    [request.before, request.after].map((reference) =>
      resolveSnapshot(context.storage, context.codec, reference, signal),
    ),
  );
  if (before === undefined || after === undefined) return;
  const store = await loadBlobStore(context.storage, context.codec, signal);
  yield* diffEntries(
    readTreeList(context, store, before.list, signal),
    readTreeList(context, store, after.list, signal),
  );
}

async function* diffEntries(
  before: AsyncGenerator<TreeEntry>,
  after: AsyncGenerator<TreeEntry>,
): AsyncGenerator<Difference> {
  let one = await before.next();
  let other = await after.next();
  while (one.done !== true || other.done !== true) {
    const order = orderOf(one, other);
    const past = order <= 0 && one.done !== true ? one.value : undefined;
    const present = order >= 0 && other.done !== true ? other.value : undefined;
    const change = changeOf(past, present);
    const path = past?.path ?? present?.path;
    if (change !== undefined && path !== undefined) yield { change, path, before: past, after: present };
    if (order <= 0) one = await before.next();
    if (order >= 0) other = await after.next();
  }
}

/** Negative when only the first has a path here, positive when only the second. */
function orderOf(one: IteratorResult<TreeEntry>, other: IteratorResult<TreeEntry>): number {
  if (one.done === true) return 1;
  if (other.done === true) return -1;
  return comparePaths(one.value.path, other.value.path);
}

function changeOf(before: TreeEntry | undefined, after: TreeEntry | undefined): Difference['change'] | undefined {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  if (before.type !== after.type) return 'type';
  if (contentOf(before) !== contentOf(after)) return 'content';
  return factsOf(before) === factsOf(after) ? undefined : 'facts';
}

function contentOf(entry: TreeEntry): string {
  if (entry.type === 'file') return entry.sha256;
  return entry.type === 'directory' ? '' : entry.target.toString('latin1');
}

/** All that is stored of it but where its chunks lie and what only serves to see changes. */
function factsOf(entry: TreeEntry): string {
  if (entry.type !== 'file') return encodeEntry(entry);
  return encodeEntry({ ...entry, chunks: [], ctimeNs: 0n, inode: 0n });
}
