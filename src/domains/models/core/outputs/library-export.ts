/** The library as a list for people and other programs: what each file is, where it stands, what its creator permits. */
import { type Cell, csvLine } from '#kernel/csv';

import type { LicenceView } from '../../contract/index.ts';
import { readCatalogueModels } from '../../store/catalogue-reader.ts';
import type { LibraryFile } from '../../store/library-store.ts';
import { pageUrlOf, presentLicence } from '../catalogue/present-model.ts';
import type { LibraryDeps } from '../library/library-deps.ts';
import { everyLibraryFile } from '../library/verify-library.ts';
import { permission } from './list-columns.ts';

export const libraryExportFormats = ['json', 'jsonl', 'csv', 'markdown'] as const;
export type LibraryExportFormat = (typeof libraryExportFormats)[number];

/** One file; `license` is null where nothing of its model was ever seen. */
export type ExportedFile = Omit<LibraryFile, 'admitted'> & {
  readonly creator: string | null;
  readonly pageUrl: string | null;
  readonly license: LicenceView | null;
};

/** Files whose models are looked up together. */
const TOGETHER = 200;

/** The list piece by piece, so that a large library does not stand in memory. @throws the signal's reason */
export async function* exportLibrary(
  deps: Pick<LibraryDeps, 'database' | 'source'>,
  format: LibraryExportFormat,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { head, line, end } = writers[format];
  yield head;
  let files = 0;
  for await (const some of chunked(everyLibraryFile(deps))) {
    signal.throwIfAborted();
    const before = files;
    yield (await described(deps, some)).map((file, index) => line(file, before + index)).join('');
    files += some.length;
  }
  yield end;
}

async function described(
  { database, source }: Pick<LibraryDeps, 'database' | 'source'>,
  files: readonly LibraryFile[],
): Promise<readonly ExportedFile[]> {
  const ids = [...new Set(files.flatMap(({ modelId }) => modelId ?? []))];
  const known = new Map(
    (await readCatalogueModels(database, ids)).map(({ model }) => [Number(model.modelId), model] as const),
  );
  return files.map(({ admitted: _admitted, ...file }) => {
    const model = file.modelId === null ? undefined : known.get(file.modelId);
    return {
      ...file,
      creator: model?.creator?.username ?? null,
      pageUrl: file.modelId === null ? null : pageUrlOf(source.siteUrl, file.modelId),
      license: model === undefined ? null : presentLicence(model),
    };
  });
}

async function* chunked(files: AsyncIterable<LibraryFile>): AsyncGenerator<readonly LibraryFile[]> {
  let some: LibraryFile[] = [];
  for await (const file of files) {
    some.push(file);
    if (some.length < TOGETHER) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

interface Writer {
  readonly head: string;
  readonly line: (file: ExportedFile, index: number) => string;
  readonly end: string;
}

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

function cellsOf(file: ExportedFile): readonly Cell[] {
  return Object.values(columns).map((read) => read(file));
}

function markdownRow(cells: readonly Cell[]): string {
  return `| ${cells.map((cell) => markdownText(String(cell ?? ''))).join(' | ')} |\n`;
}

/** As text: no table, link, picture or element comes out of somebody's file name. */
function markdownText(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#!|~&]/g, (sign) => `&#${sign.codePointAt(0)};`).replaceAll(/\s+/g, ' ');
}

const writers: Readonly<Record<LibraryExportFormat, Writer>> = {
  json: {
    head: '{"items":[',
    line: (file, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(file)}`,
    end: '\n]}\n',
  },
  jsonl: { head: '', line: (file) => `${JSON.stringify(file)}\n`, end: '' },
  csv: { head: csvLine(Object.keys(columns)), line: (file) => csvLine(cellsOf(file)), end: '' },
  markdown: {
    head: markdownRow(Object.keys(columns)) + markdownRow(Object.keys(columns).map(() => '---')),
    line: (file) => markdownRow(cellsOf(file)),
    end: '',
  },
};
