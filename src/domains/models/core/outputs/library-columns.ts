/** The columns of a list of the library; lists within a cell are joined by `; `. */
import type { Cell } from '#kernel/csv';

import type { LicenceView } from '../../contract/index.ts';
import type { LibraryFile } from '../../store/library-store.ts';
import { permission } from './list-columns.ts';

/** One file; `license` is null where nothing of its model was ever seen. */
export type ExportedFile = Omit<LibraryFile, 'admitted'> & {
  readonly creator: string | null;
  readonly pageUrl: string | null;
  readonly license: LicenceView | null;
};

const columns: Readonly<Record<string, (file: ExportedFile) => Cell>> = {
  Name: ({ name }) => name,
  Model: ({ modelName }) => modelName,
  Type: ({ type }) => type,
  Base_Model: ({ baseModel }) => baseModel,
  Model_ID: ({ modelId }) => modelId,
  Version_ID: ({ versionId }) => versionId,
  File_ID: ({ fileId }) => fileId,
  Size_Bytes: ({ sizeBytes }) => sizeBytes,
  SHA256: ({ sha256 }) => sha256,
  State: ({ state }) => state,
  Verdict: ({ verdict }) => verdict,
  Trained_Words: ({ trainedWords }) => trainedWords.join('; '),
  Creator: ({ creator }) => creator,
  Commercial_Use: ({ license }) => license?.allowCommercialUse?.join('; ') ?? null,
  No_Credit: ({ license }) => permission(license?.allowNoCredit),
  Derivatives: ({ license }) => permission(license?.allowDerivatives),
  Different_License: ({ license }) => permission(license?.allowDifferentLicense),
  Placed_At: ({ placedAt }) => placedAt,
  Verified_At: ({ verifiedAt }) => verifiedAt,
  Path: ({ path }) => path,
  Model_URL: ({ pageUrl }) => pageUrl,
};

export const exportColumns: readonly string[] = Object.keys(columns);

export function cellsOf(file: ExportedFile): readonly Cell[] {
  return Object.values(columns).map((read) => read(file));
}
