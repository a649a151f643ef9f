/** Files by any of their published hashes; the oldest published version first, as by-hash answers it. */
import { type Catalogue, publishedHashes } from '../catalogue/catalogue.ts';
import type { CatalogueFile } from '../catalogue/entities.ts';
import type { HashBook } from '../files/file-hashes.ts';

export interface HashIndex {
  /** All files under a hash, upper-case hex. The first call hashes every small file; later ones are look-ups. */
  find(hash: string): Promise<readonly CatalogueFile[]>;
  /** Tells the index about hashes worked out for a big file. */
  learn(file: CatalogueFile): Promise<void>;
}

export function createHashIndex(catalogue: Catalogue, book: HashBook): HashIndex {
  const byHash = new Map<string, CatalogueFile[]>();
  let building: Promise<void> | undefined;

  async function learn(file: CatalogueFile): Promise<void> {
    for (const hash of Object.values(await publishedHashes(file, book, { complete: false }))) {
      const files = byHash.get(hash) ?? [];
      if (!files.some(({ id }) => id === file.id)) byHash.set(hash, [...files, file]);
    }
  }

  async function build(): Promise<void> {
    const visible = catalogue.models
      .flatMap((model) => model.versions)
      .filter((version) => version.status === 'Published')
      .sort((a, b) => a.publishedAt.localeCompare(b.publishedAt));
    for (const version of visible) for (const file of version.files) await learn(file);
  }

  return {
    async find(hash) {
      building ??= build();
      await building;
      return byHash.get(hash) ?? [];
    },
    learn,
  };
}
