import path from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Catalogue } from '#kernel/messages';

export interface MessageFile {
  /** The folder of the catalogue from the root, e.g. `src/engines/vault/messages`. */
  readonly file: string;
  readonly en: Catalogue;
  readonly ja: Catalogue;
}

/** Every `messages/en.ts` with its `ja.ts`, as the program itself would load them. @throws when one is not a catalogue. */
export async function readMessages(root: string, files: readonly string[]): Promise<readonly MessageFile[]> {
  const folders = files.filter((file) => /\/messages\/(en|ja)\.ts$/.test(file)).map((file) => path.posix.dirname(file));
  return Promise.all(
    [...new Set(folders)].map(async (folder) => ({
      file: folder,
      en: files.includes(`${folder}/en.ts`) ? await catalogue(root, `${folder}/en.ts`, 'en') : {},
      ja: files.includes(`${folder}/ja.ts`) ? await catalogue(root, `${folder}/ja.ts`, 'ja') : {},
    })),
  );
}

async function catalogue(root: string, file: string, language: string): Promise<Catalogue> {
  const loaded: unknown = await import(pathToFileURL(path.join(root, file)).href);
  const found: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, language) : undefined;
  if (!isCatalogue(found)) throw new Error(`${file} does not export a catalogue named "${language}".`);
  return found;
}

function isCatalogue(value: unknown): value is Catalogue {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}
