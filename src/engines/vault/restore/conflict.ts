/** What becomes of a path that the snapshot has and the target may have, too. */
import type { BigIntStats } from 'node:fs';

import { KuraError } from '#kernel/errors';

import { type BytePath, displayPath } from '../format/byte-path.ts';
import type { TreeEntry } from '../snapshot/tree-entry.ts';
import { isPresent } from './present-content.ts';
import { keyOf, type RestoreRun } from './restore-run.ts';

export type Decision =
  /** `present`: it is there already. `as`: under which path; not its own when `renamed`. */
  { readonly kind: 'write' | 'present'; readonly as: BytePath; readonly renamed: boolean } | { readonly kind: 'skip' };

/** Not for folders: these are always merged. @throws KuraError conflict `vault.target-exists` | `vault.name-clash`. */
export async function decide(run: RestoreRun, entry: TreeEntry): Promise<Decision> {
  const rule = run.request.conflict ?? 'refuse';
  if (run.plan.clashing.has(keyOf(entry.path))) {
    if (rule === 'rename') return beside(run, entry);
    throw new KuraError('conflict', 'vault.name-clash', { params: { path: displayPath(entry.path) } });
  }
  const existing = await run.target.existing(entry.path);
  if (existing === undefined) return { kind: 'write', as: entry.path, renamed: false };
  if (rule === 'skip' || (rule === 'newer' && existing.mtimeNs > entry.mtimeNs)) return { kind: 'skip' };
  if (await isKnownPresent(run, entry, existing)) return { kind: 'present', as: entry.path, renamed: false };
  if (rule === 'rename') return beside(run, entry);
  // A folder is never emptied to make room for a file.
  if (existing.isDirectory() || rule === 'refuse') throw inTheWay(run, entry);
  return { kind: 'write', as: entry.path, renamed: false };
}

export function inTheWay(run: RestoreRun, entry: TreeEntry): KuraError {
  return new KuraError('conflict', 'vault.target-exists', {
    params: { path: displayPath(run.target.absolute(entry.path)) },
  });
}

/** The same name for the same snapshot, so that a second run finds what the first one wrote. */
async function beside(run: RestoreRun, entry: TreeEntry): Promise<Decision> {
  const as = Buffer.concat([entry.path, Buffer.from(`.restored-${run.snapshot.id.slice(0, 8)}`)]);
  const existing = await run.target.existing(as);
  if (existing === undefined) return { kind: 'write', as, renamed: true };
  const there = { ...entry, path: as };
  if (await isPresent(run.target, there, existing, run.restorer.signal)) return { kind: 'present', as, renamed: true };
  throw inTheWay(run, there);
}

async function isKnownPresent(run: RestoreRun, entry: TreeEntry, existing: BigIntStats): Promise<boolean> {
  if (run.plan.present.has(keyOf(entry.path))) return true;
  return isPresent(run.target, entry, existing, run.restorer.signal);
}
