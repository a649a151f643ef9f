/** What of a path comes back besides its content: owner, permissions, attributes, times – as far as it is allowed. */
import { chmodSync, fchmodSync, fchownSync, fstatSync, lchownSync, lutimesSync } from 'node:fs';

import { systemCode } from '#kernel/errors';

import { type RefusedAttribute, replaceAttributes } from '../file-system/extended-attributes.ts';
import { type Libc, openLibc } from '../file-system/libc.ts';
import { displayPath } from '../format/byte-path.ts';
import type { TreeEntry } from '../snapshot/tree-entry.ts';
import { createRestoreNotes, type RestoreNotes } from './restore-notes.ts';
import type { RestoreRequest } from './restore-request.ts';

export interface MetadataRestorer {
  readonly libc: Libc | undefined;
  readonly keepOwners: boolean;
  /** Whoever restores; undefined on Windows, which knows no such owners. */
  readonly me: { readonly user: number; readonly groups: ReadonlySet<number> } | undefined;
  readonly notes: RestoreNotes;
}

/** Owners are kept where that is possible unless asked for otherwise: by the superuser. */
export async function createMetadataRestorer(owners: RestoreRequest['owners']): Promise<MetadataRestorer> {
  const user = process.geteuid?.();
  return {
    libc: await openLibc(),
    keepOwners: (owners ?? (user === 0 ? 'keep' : 'mine')) === 'keep',
    me: user === undefined ? undefined : { user, groups: myGroups() },
    notes: createRestoreNotes(),
  };
}

/**
 * The order matters: a new owner clears set-user-ID bits and capabilities, and everything touches the times. Each call
 * returns at once from an inode that was just made; asking a thread for it would cost ten times as much.
 * @param open descriptor of the file at `path`, if there is one.
 */
export function restoreMetadata(restorer: MetadataRestorer, entry: TreeEntry, path: Buffer, open?: number): void {
  const owned = restoreOwner(restorer, entry, { path, open });
  // A program that ran as somebody else must not run as whoever restored it.
  const mode = owned ? entry.mode : entry.mode & ~SET_ID_BITS;
  if (open !== undefined) fchmodSync(open, mode);
  else if (entry.type !== 'symlink') chmodSync(path, mode);
  restoreAttributes(restorer, entry, path);
  restoreTimes(restorer.libc, entry, { path, open });
}

/** What is restored to; an open file is reached without going its way again, which is most of the work for a small one. */
interface Place {
  readonly path: Buffer;
  readonly open: number | undefined;
}

const SET_ID_BITS = 0o6000;

function restoreOwner({ keepOwners, me, notes }: MetadataRestorer, entry: TreeEntry, place: Place): boolean {
  if (me === undefined) return true;
  const mine = me.user === entry.uid && me.groups.has(entry.gid);
  if (!keepOwners && !mine) {
    if (me.user !== 0) notes.add('vault.owners-not-restored', displayPath(entry.path), '');
    return false;
  }
  try {
    changeOwner(place, entry);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EPERM' && systemCode(error) !== 'EINVAL') throw error;
    notes.add('vault.owners-not-restored', displayPath(entry.path), reasonOf(error));
    return false;
  }
}

function changeOwner({ path, open }: Place, { uid, gid }: TreeEntry): void {
  if (open === undefined) {
    lchownSync(path, uid, gid);
    return;
  }
  const now = fstatSync(open);
  if (now.uid !== uid || now.gid !== gid) fchownSync(open, uid, gid);
}

function myGroups(): ReadonlySet<number> {
  return new Set([...(process.getgroups?.() ?? []), process.getegid?.() ?? -1]);
}

function restoreAttributes({ libc, notes }: MetadataRestorer, entry: TreeEntry, path: Buffer): void {
  const wanted = entry.attributes ?? [];
  if (libc === undefined) {
    if (wanted.length > 0) notes.add('vault.attributes-not-restored', displayPath(entry.path), '');
    return;
  }
  const refused: readonly RefusedAttribute[] = replaceAttributes(libc, path, wanted);
  for (const { name, error } of refused) {
    notes.add('vault.attributes-not-restored', displayPath(entry.path), `${name}: ${reasonOf(error)}`);
  }
}

function restoreTimes(libc: Libc | undefined, { mtimeNs }: TreeEntry, { path, open }: Place): void {
  if (libc !== undefined) {
    if (open === undefined) libc.setTimes(path, mtimeNs);
    else libc.setTimesOf(open, mtimeNs);
    return;
  }
  // A double keeps times of this century to within a microsecond.
  const seconds = Number(mtimeNs / 1_000_000_000n) + Number(mtimeNs % 1_000_000_000n) / 1e9;
  lutimesSync(path, seconds, seconds);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
