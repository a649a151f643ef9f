import type { KuraError } from '#kernel/errors';

/** An answer without the file, for whoever knows what the far side means by it. */
export interface RefusedAnswer {
  readonly status: number;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Its first 4 KiB as UTF-8. */
  readonly body: string;
}

/** What the answer means in the caller's words; undefined leaves the words to the engine. */
export type ExplainRefusal = (answer: RefusedAnswer) => KuraError | undefined;
