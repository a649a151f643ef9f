/** What stands beside a model under its name, whoever wrote it. */
import { basename, dirname, join } from 'node:path';

import { namesIn } from '../downloads/plan-file.ts';
import { hasSidecars } from '../downloads/sidecars.ts';
import { sidecarBase } from '../downloads/target-path.ts';
import { sizeOf } from './intact-file.ts';

/** Endings that programs look for; with any other word in between it is another model's (civitai-api.md §8.2). */
const companionEnding =
  /^(?:(?:preview\.)?(?:png|jpe?g|webp|gif|mp4|webm)|civitai\.info|cm-info\.json|metadata\.json|json|ya?ml|txt|md|info)$/i;

/**
 * Pictures, notes and settings that programs look for by the model's name; no other model. Absolute paths, sorted.
 * @param listFolder for whoever asks about many files of one folder and remembers its names.
 */
export async function companionsOf(path: string, listFolder = namesIn): Promise<readonly string[]> {
  const folder = dirname(path);
  const own = basename(path);
  const stem = `${sidecarBase(own)}.`;
  const names = (await listFolder(folder)).filter(
    (name) =>
      name !== own && name.startsWith(stem) && !hasSidecars(name) && companionEnding.test(name.slice(stem.length)),
  );
  const paths = names.map((name) => join(folder, name)).sort();
  const sizes = await Promise.all(paths.map(sizeOf));
  return paths.filter((_path, index) => sizes[index] !== undefined);
}
