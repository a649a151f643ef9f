/** A snapshot's list as folders that can be walked: what a file manager asks for. Names are bytes, kept as latin1 text. */
import type { TreeEntry, Vault } from '#engines/vault';

export interface FolderItem {
  /** Name, one byte per character. */
  readonly name: string;
  readonly folder: boolean;
  readonly sizeBytes: number;
  readonly modified: Date;
}

export interface SnapshotFolders {
  /** Undefined when there is nothing at the path; the path is '' for the snapshot itself. */
  at(path: string): FolderItem | undefined;
  /** What lies directly in a folder. */
  itemsIn(path: string): readonly FolderItem[];
}

/** Links are left out: what they point to may lie anywhere. Hard links are files like any other. */
export async function readFolders(vault: Vault, snapshot: string, signal: AbortSignal): Promise<SnapshotFolders> {
  const items = new Map<string, FolderItem>();
  const children = new Map<string, FolderItem[]>();
  const sizes = new Map<string, number>();
  items.set('', { name: '', folder: true, sizeBytes: 0, modified: new Date(0) });
  for await (const entry of vault.entries(snapshot, signal)) {
    if (entry.type === 'symlink') continue;
    const path = entry.path.toString('latin1');
    const cut = path.lastIndexOf('/');
    const item = itemOf(entry, path.slice(cut + 1), sizes);
    if (entry.type === 'file') sizes.set(path, entry.size);
    items.set(path, item);
    const siblings = children.get(path.slice(0, Math.max(0, cut)));
    if (siblings === undefined) children.set(path.slice(0, Math.max(0, cut)), [item]);
    else siblings.push(item);
  }
  return { at: (path) => items.get(path), itemsIn: (path) => children.get(path) ?? [] };
}

function itemOf(entry: TreeEntry, name: string, sizes: ReadonlyMap<string, number>): FolderItem {
  const modified = new Date(Number(entry.mtimeNs / 1_000_000n));
  if (entry.type === 'directory') return { name, folder: true, sizeBytes: 0, modified };
  const sizeBytes = entry.type === 'file' ? entry.size : (sizes.get(entry.target.toString('latin1')) ?? 0);
  return { name, folder: false, sizeBytes, modified };
}
