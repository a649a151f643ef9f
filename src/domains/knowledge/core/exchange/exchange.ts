/** Entries that come from files, and go to files; noted in the audit log, because files are out of reach of permissions. */
import type { Actor } from '#platform/unit-of-work';

import type { ExportedArchive, ExportedRecords } from '../../contract/index.ts';
import type { EntriesDeps, Writer } from '../entries/entry-changes.ts';
import type { ChosenEntries } from './chosen-entries.ts';
import { exportArchive } from './export-archive.ts';
import { type ExportOptions, type ExportReport, exportKnowledge } from './export-knowledge.ts';
import { exportRecords, type RecordsAsked } from './export-records.ts';
import { type ImportDeps, type ImportOptions, type ImportReport, importKnowledge } from './import-knowledge.ts';

export interface Exchange {
  /** Markdown, JSON Lines and CSV; the same files again change nothing. Interrupted, whole batches stay. */
  importFiles(actor: Actor, paths: readonly string[], options: ImportOptions): Promise<ImportReport>;
  /** @throws KuraError `knowledge.export-folder-not-empty`, `knowledge.attachment-damaged`. */
  exportFiles(actor: Actor, folder: string, options: ExportOptions): Promise<ExportReport>;
  /** A page of what the reader may see, as CSV or JSON Lines; the first one is noted. */
  exportRecords(reader: Writer, asked: RecordsAsked): Promise<ExportedRecords>;
  /**
   * Markdown and attachments of what the reader may see, in one archive.
   * @throws KuraError `knowledge.nothing-to-export`, `knowledge.archive-too-large`, `knowledge.attachment-damaged`.
   */
  exportArchive(reader: Writer, chosen: ChosenEntries): Promise<ExportedArchive>;
}

export function createExchange(deps: EntriesDeps & ImportDeps): Exchange {
  const { database } = deps;
  return {
    importFiles: (actor, paths, options) => importKnowledge(deps, actor, paths, options),

    async exportFiles(actor, folder, options) {
      const report = await exportKnowledge(deps, folder, options);
      await noteExport(deps, actor, { ...report });
      return report;
    },

    async exportRecords(reader, asked) {
      const { format, after } = asked;
      if (after === undefined) await noteExport(deps, reader, { format });
      return await exportRecords(database, reader, asked);
    },

    async exportArchive(reader, chosen) {
      const archive = await exportArchive(deps, reader, chosen);
      await noteExport(deps, reader, { format: 'zip', entries: archive.entries, files: archive.files });
      return archive;
    },
  };
}

async function noteExport(
  { unitOfWork }: Pick<EntriesDeps, 'unitOfWork'>,
  actor: Actor,
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
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
