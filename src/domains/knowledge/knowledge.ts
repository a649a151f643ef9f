/** The knowledge base: what this domain can do for others. */
import type { Clock } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { SearchAnswer } from './contract/index.ts';
import { createEntries, type Entries } from './core/entries/entries.ts';
import { createEntryWriter } from './core/entries/entry-writer.ts';
import { type ListedEntries, type ListRequest, listEntries } from './core/entries/list-entries.ts';
import { type ExportOptions, type ExportReport, exportKnowledge } from './core/exchange/export-knowledge.ts';
import { type ImportOptions, type ImportReport, importKnowledge } from './core/exchange/import-knowledge.ts';
import { searchKnowledge } from './core/search/search-knowledge.ts';
import type { SearchRequest } from './core/search/search-request.ts';
import { searchIndexOf } from './store/search-index-of.ts';

export interface Knowledge extends Entries {
  /** @throws KuraError `knowledge.bad-cursor`. */
  list(request: ListRequest): Promise<ListedEntries>;
  /** What was committed before is found, what was removed before is not. */
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** Markdown and JSON Lines; the same files again change nothing. Interrupted, whole batches stay. */
  importFiles(actor: Actor, paths: readonly string[], options: ImportOptions): Promise<ImportReport>;
  /** @throws KuraError `knowledge.export-folder-not-empty`. */
  /** Noted in the audit log: what leaves as files is out of reach of every permission. */
  exportFiles(actor: Actor, folder: string, options: ExportOptions): Promise<ExportReport>;
}

export interface KnowledgeDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export function createKnowledge(deps: KnowledgeDeps): Knowledge {
  const { database } = deps;
  const index = searchIndexOf(database.dialect);
  const writer = createEntryWriter({ ...deps, index });
  return {
    ...createEntries({ ...deps, writer }),
    list: (request) => listEntries(database, request),
    search: (request) => searchKnowledge({ ...deps, index }, request),
    importFiles: (actor, paths, options) => importKnowledge({ ...deps, writer }, actor, paths, options),
    exportFiles: async (actor, folder, options) => {
      const report = await exportKnowledge(database, folder, options);
      await noteExport(deps, actor, { ...report });
      return report;
    },
  };
}

async function noteExport({ unitOfWork }: KnowledgeDeps, actor: Actor, after: Readonly<Record<string, unknown>>) {
  await unitOfWork.write(actor, async (tx) =>
    tx.audit({
      action: 'knowledge.export-entries',
      category: 'access',
      subject: { kind: 'knowledge', id: 'entries' },
      result: 'done',
      after,
    }),
  );
}
