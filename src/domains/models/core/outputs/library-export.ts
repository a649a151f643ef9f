/** The library as a list for people and other programs: what each file is, where it stands, what its creator permits. */
import type { Translator } from '#platform/i18n';
import type { Actor } from '#platform/unit-of-work';

import type { LibraryExportFormat } from '../../contract/index.ts';
import { readCatalogueModels } from '../../store/catalogue-reader.ts';
import type { LibraryFile } from '../../store/library-store.ts';
import { writeListDatabase } from '../../store/list-database.ts';
import { pageUrlOf, presentLicence } from '../catalogue/present-model.ts';
import type { LibraryDeps } from '../library/library-deps.ts';
import { everyLibraryFile } from '../library/verify-library.ts';
import { cellsOf, type ExportedFile, exportColumns } from './library-columns.ts';
import { libraryWriters } from './library-writers.ts';

/** Files whose models are looked up together. */
const TOGETHER = 200;

type ExportDeps = Pick<LibraryDeps, 'database' | 'source' | 'unitOfWork'>;

export interface ExportOptions {
  readonly format: LibraryExportFormat;
  /** Words of formats that people read. */
  readonly translator: Translator;
  /** Whoever takes the list away. */
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

/**
 * The list piece by piece, so that a large library does not stand in memory. What left the house is on record: format,
 * files and whether all of it went (M-196). @throws the signal's reason
 */
export async function* exportLibrary(deps: ExportDeps, options: ExportOptions): AsyncGenerator<string | Uint8Array> {
  const counted = { files: 0 };
  let isWhole = false;
  try {
    yield* listOf(deps, options, counted);
    isWhole = true;
  } finally {
    await deps.unitOfWork.write(options.actor, async (tx) =>
      tx.audit({
        action: 'models.export-library',
        category: 'access',
        subject: { kind: 'library', id: 'files' },
        result: isWhole ? 'done' : 'failed',
        after: { format: options.format, ...counted },
      }),
    );
  }
}

async function* listOf(
  deps: ExportDeps,
  { format, translator, signal }: ExportOptions,
  counted: { files: number },
): AsyncGenerator<string | Uint8Array> {
  if (format === 'sqlite') {
    const rows = cells(deps, signal, counted);
    yield* writeListDatabase({ table: 'library_files', columns: exportColumns, rows });
    return;
  }
  const { head, line, end } = libraryWriters[format](translator);
  yield head;
  for await (const some of describedFiles(deps, signal)) {
    const before = counted.files;
    counted.files += some.length;
    yield some.map((file, index) => line(file, before + index)).join('');
  }
  yield end(counted.files);
}

async function* cells(deps: ExportDeps, signal: AbortSignal, counted: { files: number }) {
  for await (const some of describedFiles(deps, signal)) {
    counted.files += some.length;
    yield* some.map(cellsOf);
  }
}

async function* describedFiles(deps: ExportDeps, signal: AbortSignal): AsyncGenerator<readonly ExportedFile[]> {
  for await (const some of chunked(everyLibraryFile(deps))) {
    signal.throwIfAborted();
    yield await described(deps, some);
  }
}

async function described(
  { database, source }: ExportDeps,
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
