/** Asks the site for its lists because somebody used a word that nobody here knows; nobody waits for the answer. */
import type { Logger } from '#platform/log';

import { type LearnDeps, refreshVocabulary } from './learn-listed-values.ts';

export interface WordLookup extends AsyncDisposable {
  /** At most one question at a time, and none where the lists are of today. Never fails. */
  readonly start: () => void;
}

/** Disposing waits for the question that is under way, which is ten seconds at most: a command ends with what it learned. */
export function createWordLookup(deps: LearnDeps & { readonly logger: Logger }): WordLookup {
  let running: Promise<void> | undefined;
  async function lookUp(): Promise<void> {
    try {
      await refreshVocabulary(deps, new AbortController().signal);
    } catch (error) {
      deps.logger.error('models.vocabulary', error);
    } finally {
      running = undefined;
    }
  }
  return {
    start: () => {
      running ??= lookUp();
    },
    [Symbol.asyncDispose]: async () => running,
  };
}
