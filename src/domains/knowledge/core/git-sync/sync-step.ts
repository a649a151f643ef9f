/** What is to be done with one entry and its file, from what they said when they last agreed and what they say now. */

/** States as hashes; undefined: not there. */
export interface SyncedStates {
  readonly agreed: { readonly entry: string; readonly file: string } | undefined;
  readonly entry: string | undefined;
  readonly file: string | undefined;
}

/**
 * `write` and `erase` change the folder, `read` and `remove` the knowledge base. `clash`: both changed, and nobody but a
 * person can say which of them is meant.
 */
export type SyncStep = 'nothing' | 'forget' | 'write' | 'erase' | 'read' | 'remove' | 'clash';

/** Which of two sides counts where both changed. */
export type PreferredSide = 'kura' | 'folder';

export function syncStep({ agreed, entry, file }: SyncedStates, prefer?: PreferredSide): SyncStep {
  if (entry === undefined && file === undefined) return agreed === undefined ? 'nothing' : 'forget';
  const isEntrySame = entry === agreed?.entry;
  const isFileSame = file === agreed?.file;
  if (isEntrySame && isFileSame) return 'nothing';
  if (isFileSame || (!isEntrySame && prefer === 'kura')) return entry === undefined ? 'erase' : 'write';
  if (isEntrySame || prefer === 'folder') return file === undefined ? 'remove' : 'read';
  return 'clash';
}
