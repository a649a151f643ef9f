/** `get --missing`: what the library remembers and the disk no longer has, as references (models.md M-099). */
import { sizeOf } from '../core/library/intact-file.ts';
import type { Models } from '../models.ts';
import type { LibraryFile } from '../store/library-store.ts';

export async function missingRefs(models: Models): Promise<readonly string[]> {
  const refs: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await models.listLibrary({ limit: 200, cursor });
    for (const file of page.items) {
      // Looked at, not believed: what was deleted a minute ago has no state for it yet.
      if ((await sizeOf(file.path)) === undefined) refs.push(refOf(file, models.siteUrl));
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return refs;
}

/** The very file it was; one that was adopted without an origin is known by its hash alone. */
function refOf({ versionId, fileId, sha256 }: LibraryFile, siteUrl: string): string {
  if (versionId === null || fileId === null) return `sha256:${sha256}`;
  return `${siteUrl}/api/download/models/${versionId}?fileId=${fileId}`;
}
