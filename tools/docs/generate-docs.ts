import { commandPages } from './command-pages.ts';
import { errorPages } from './error-pages.ts';
import { settingPages } from './setting-pages.ts';

export type Pages = ReadonlyMap<string, string>;

/** Writes pages of docs/reference from what the sources say; `signal` ends the work early. */
type Generator = (root: string, signal?: AbortSignal) => Promise<Pages>;

const generators: readonly Generator[] = [errorPages, commandPages, settingPages];

/** Every generated page by its path from the root. */
export async function generateDocs(root: string, signal?: AbortSignal): Promise<Pages> {
  const parts = await Promise.all(generators.map((generate) => generate(root, signal)));
  return new Map(parts.flatMap((pages) => [...pages]));
}
