import type { KuraError } from '#kernel/errors';

/** The caller has seen enough of the file; never leaves the engine. */
export class FirstLookRefusal extends Error {
  override readonly name = 'FirstLookRefusal';
  readonly verdict: KuraError;

  constructor(verdict: KuraError) {
    super(verdict.message, { cause: verdict });
    this.verdict = verdict;
  }
}
