/**
 * Where the files of a plan will probably stand and whether they seem to be there, without reading a byte of them:
 * thousands of files are planned within seconds. When its turn comes each one is planned anew, by its hash.
 */
import { join } from 'node:path';

import { safeFileName } from '#engines/transfer';

import type { LayoutName } from '../../../contract/index.ts';
import { findLibraryFileOf } from '../../../store/library-store.ts';
import { sizeOf } from '../../library/intact-file.ts';
import { folderFor } from '../layouts.ts';
import { placeableOf } from '../placeable.ts';
import { namesIn, type PlanDeps } from '../plan-file.ts';
import { targetName } from '../target-path.ts';
import type { WantedFile } from '../wanted-file.ts';

export interface Place {
  readonly action: 'get' | 'skip';
  readonly path: string;
}

export interface PlacePreviewOptions {
  readonly layout: LayoutName;
  /** What is there is fetched all the same. */
  readonly force: boolean;
}

export class PlacePreview {
  readonly #deps: Pick<PlanDeps, 'database' | 'libraryFolder'>;
  readonly #layout: LayoutName;
  readonly #force: boolean;
  readonly #taken = new Map<string, string[]>();

  constructor(deps: Pick<PlanDeps, 'database' | 'libraryFolder'>, { layout, force }: PlacePreviewOptions) {
    this.#deps = deps;
    this.#layout = layout;
    this.#force = force;
  }

  async of(wanted: WantedFile): Promise<Place> {
    const known = await findLibraryFileOf(this.#deps.database, wanted.version.versionId, wanted.file.fileId);
    if (known !== undefined && this.#force) return { action: 'get', path: known.path };
    if (known !== undefined) return placeAt(known.path, known.sizeBytes);
    const folder = join(
      this.#deps.libraryFolder,
      folderFor(this.#layout, await placeableOf(this.#deps.database, wanted)),
    );
    const { name, sizeBytes, hashes } = wanted.file;
    if (sizeBytes !== null && hashes.sha256 !== null) {
      const twin = await placeAt(join(folder, safeFileName(name)), sizeBytes);
      if (twin.action === 'skip') return twin;
    }
    const taken = await this.#takenIn(folder);
    const { versionId } = wanted.version;
    const target = targetName({ name, fallback: `model-${versionId}-${wanted.file.fileId}`, versionId }, taken);
    taken.push(target);
    return { action: 'get', path: join(folder, target) };
  }

  async #takenIn(folder: string): Promise<string[]> {
    const taken = this.#taken.get(folder) ?? [...(await namesIn(folder))];
    this.#taken.set(folder, taken);
    return taken;
  }
}

async function placeAt(path: string, sizeBytes: number): Promise<Place> {
  return { action: (await sizeOf(path)) === sizeBytes ? 'skip' : 'get', path };
}
