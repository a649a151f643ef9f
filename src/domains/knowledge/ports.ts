/** What this domain needs from outside. */

/** A folder under git. All throw KuraError unavailable `git.failed` when git says no; the signal's reason. */
export interface GitFolder {
  /** @throws KuraError invalid `git.no-repository`; unavailable `git.not-installed`. */
  check(folder: string, signal: AbortSignal): Promise<void>;
  /** Everything in the folder becomes a commit; false when there was nothing to commit. */
  commit(folder: string, message: string, signal: AbortSignal): Promise<boolean>;
  /**
   * What others have pushed, joined with what is here; nothing where the branch follows none.
   * @throws KuraError conflict `git.diverged`: both changed the same lines; the folder is as before.
   */
  pull(folder: string, signal: AbortSignal): Promise<void>;
  /** False where the branch follows none. */
  push(folder: string, signal: AbortSignal): Promise<boolean>;
}
