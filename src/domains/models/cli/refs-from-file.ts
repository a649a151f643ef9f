/** `get --from FILE`: its references, and the number of each line that is none. */
import { parseModelRef } from '#engines/civitai';
import type { CommandContext } from '#platform/cli';

import { readList, referencesIn } from '../core/outputs/read-list.ts';
import { presentReason } from '../http/present-records.ts';
import type { Models } from '../models.ts';
import { readListFile } from './read-list-file.ts';
import { tellBadLine } from './tell-bad-line.ts';

interface ListedRefs {
  readonly refs: readonly string[];
  /** Places of the list that name nothing at all; what is merely no reference stays in `refs` and fails there. */
  readonly leftOut: number;
}

export async function refsFromFile(file: string | undefined, context: CommandContext<Models>): Promise<ListedRefs> {
  if (file === undefined) return { refs: [], leftOut: 0 };
  const text = await readListFile(file);
  const hosts = [new URL((await context.open()).siteUrl).host];
  const { refs: good, badLines } = readList(text, (ref) => parseModelRef(ref, { hosts }));
  for (const { line, reason } of badLines) tellBadLine(line, presentReason(reason, context.translator), context);
  const refs = referencesIn(text);
  return { refs, leftOut: good.length + badLines.length - refs.length };
}
