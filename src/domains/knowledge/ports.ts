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

/** A passage as it is shown to a writer: a number to cite it by, where it stands, what it says. */
export interface CitablePassage {
  readonly number: number;
  readonly title: string;
  readonly text: string;
}

/** What a writer says, sentence by sentence, with the numbers it claims to have it from. Nothing of it is trusted. */
export interface WrittenSentence {
  readonly text: string;
  readonly cites: readonly number[];
}

/**
 * Rewrites passages that were found into an answer (K-094). There is none unless the configuration names one, and nothing
 * else of the knowledge base needs it.
 */
export interface AnswerWriter {
  /** As it is shown beside what it wrote. */
  readonly model: string;
  /** Where passages are sent to. */
  readonly host: string;
  /** @throws KuraError unavailable `knowledge.writer-failed`; refused `outbound.refused`; the signal's reason. */
  write(
    asked: { readonly question: string; readonly passages: readonly CitablePassage[] },
    signal: AbortSignal,
  ): Promise<readonly WrittenSentence[]>;
}
