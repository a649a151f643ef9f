/**
 * The files below a path. A link that was named itself is followed, as people expect of a folder on another disk; links
 * met on the way are not: they could lead out of the folder, or in circles.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { KuraError, toKuraError } from '#kernel/errors';

export type WalkedEntry =
  | { readonly kind: 'file'; readonly path: string }
  /** A link, or what is neither file nor folder: a pipe, a socket, a device. */
  | { readonly kind: 'passed-over'; readonly path: string; readonly because: 'link' | 'special' }
  /** A folder that cannot be listed, or a named path that is not there. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly error: KuraError };

/** Depth first, names in order, so that two walks say the same. @throws the signal's reason */
export async function* walkFiles(root: string, signal: AbortSignal): AsyncGenerator<WalkedEntry> {
  const waiting: Met[] = [await lookAt(root)];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    signal.throwIfAborted();
    if (entry.kind === 'folder') waiting.push(...(await listed(entry.path)).reverse());
    else yield entry;
  }
}

type Met = WalkedEntry | { readonly kind: 'folder'; readonly path: string };

async function lookAt(path: string): Promise<Met> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return { kind: 'folder', path };
    if (facts.isFile()) return { kind: 'file', path };
    return { kind: 'unreadable', path, error: new KuraError('invalid', 'models.not-a-file', { params: { path } }) };
  } catch (error) {
    return { kind: 'unreadable', path, error: toKuraError(error) };
  }
}

async function listed(folder: string): Promise<Met[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry): Met => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return { kind: 'folder', path };
        if (entry.isFile()) return { kind: 'file', path };
        return { kind: 'passed-over', path, because: entry.isSymbolicLink() ? 'link' : 'special' };
      });
  } catch (error) {
    return [{ kind: 'unreadable', path: folder, error: toKuraError(error) }];
  }
}
