/** Brings one entry of the list into the target, by the rules for what is already there. */
import { KuraError, systemCode } from '#kernel/errors';

import { type BytePath, displayPath } from '../format/byte-path.ts';
import type { FileEntry, TreeEntry } from '../snapshot/tree-entry.ts';
import { type Decision, decide, inTheWay } from './conflict.ts';
import { restoreFile, restoreHardlink, restoreSymlink } from './restore-entry.ts';
import { restoreMetadata } from './restore-metadata.ts';
import { keyOf, type RestoreRun, report } from './restore-run.ts';
import { makeWritable } from './restore-target.ts';

type Hardlink = TreeEntry & { readonly type: 'hardlink' };

/** Files are written, folders made; links are put off until what they need is there. */
export async function placeEntry(run: RestoreRun, entry: TreeEntry): Promise<void> {
  if (entry.type === 'file' && run.plan.linkTargets.has(keyOf(entry.path))) {
    run.linkedFiles.set(keyOf(entry.path), { entry });
  }
  if (!run.included(entry.path)) return;
  if (entry.type === 'directory') return await placeFolder(run, entry);
  if (entry.type !== 'file') {
    run.links.push(entry);
    return;
  }
  await placeFile(run, entry, entry.path);
}

/** For links, when all files are in place. */
export async function placeLink(run: RestoreRun, entry: TreeEntry): Promise<void> {
  if (entry.type === 'symlink') await placeSymlink(run, entry);
  if (entry.type === 'hardlink') await placeHardlink(run, entry);
}

async function placeFolder(run: RestoreRun, entry: TreeEntry): Promise<void> {
  if (run.request.dryRun === true) {
    const existing = await run.target.existing(entry.path);
    if (existing !== undefined && !existing.isDirectory()) throw inTheWay(run, entry);
    return;
  }
  await run.target.inFolder(entry.path, makeWritable);
  run.folders.push(entry);
}

/** `first` is the name in the list under which hard links ask for the file. */
async function placeFile(run: RestoreRun, entry: FileEntry, first: BytePath): Promise<void> {
  const decision = await decide(run, entry);
  if (decision.kind === 'skip') {
    run.counts.skipped += 1;
    return;
  }
  const { as } = decision;
  if (run.request.dryRun === true) {
    if (decision.kind === 'write') run.counts.bytes += entry.size;
  } else if (decision.kind === 'write') {
    await run.target.at(as, (path) => restoreFile(run.restorer, entry, path));
  } else {
    await run.target.at(as, async (path) => restoreMetadata(run.restorer.metadata, entry, path));
  }
  if (run.plan.linkTargets.has(keyOf(first))) run.linkedFiles.set(keyOf(first), { entry, placed: as });
  count(run, entry, decision);
}

function count(run: RestoreRun, entry: FileEntry, decision: Decision): void {
  run.counts.files += 1;
  if (decision.kind === 'present') run.counts.unchanged += 1;
  if (decision.kind !== 'skip' && decision.renamed) run.counts.renamed += 1;
  run.path = displayPath(entry.path);
  if (entry.torn) run.torn.push(run.path);
  report(run);
}

async function placeSymlink(run: RestoreRun, entry: TreeEntry & { readonly type: 'symlink' }): Promise<void> {
  const decision = await decide(run, entry);
  if (decision.kind === 'skip') run.counts.skipped += 1;
  if (run.request.dryRun === true || decision.kind === 'skip') return;
  const { metadata } = run.restorer;
  if (decision.kind === 'present') {
    return await run.target.at(decision.as, async (path) => restoreMetadata(metadata, entry, path));
  }
  await run.target.at(decision.as, (path) => restoreSymlink(metadata, entry, path));
}

/** A link whose first name is not here, or must stay as it is, becomes the name that carries the content. */
async function placeHardlink(run: RestoreRun, entry: Hardlink): Promise<void> {
  const original = run.linkedFiles.get(keyOf(entry.target));
  if (original === undefined) throw linkTargetMissing(entry);
  const asFile: FileEntry = { ...original.entry, path: entry.path };
  if (original.placed === undefined) return await placeFile(run, asFile, entry.target);
  if (await isSameFile(run, original.placed, entry.path)) return;
  const decision = await decide(run, asFile);
  if (decision.kind === 'skip') run.counts.skipped += 1;
  if (run.request.dryRun === true || decision.kind === 'skip') return;
  const { as } = decision;
  try {
    await restoreHardlink(run.target, original.placed, as);
  } catch (error) {
    if (!linksImpossible.has(systemCode(error) ?? '')) throw error;
    run.restorer.metadata.notes.add('vault.links-not-restored', displayPath(entry.path), systemCode(error) ?? '');
    await run.target.at(as, (path) => restoreFile(run.restorer, asFile, path));
  }
}

/** File systems without hard links, across mounts, too many names of one file. */
const linksImpossible: ReadonlySet<string> = new Set(['EPERM', 'EXDEV', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK']);

async function isSameFile(run: RestoreRun, one: BytePath, other: BytePath): Promise<boolean> {
  const [left, right] = [await run.target.existing(one), await run.target.existing(other)];
  return left !== undefined && left.ino === right?.ino && left.dev === right.dev;
}

function linkTargetMissing(entry: Hardlink): KuraError {
  return new KuraError('not-found', 'vault.link-target-missing', { params: { target: displayPath(entry.target) } });
}
