/** The history of downloads: counted, taken elsewhere, brought in. */
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { DownloadStatistics, KeptDecision } from './contract/index.ts';
import { bundleText, readBundle, readBundleText, writeBundle } from './core/exchange/bundle-files.ts';
import { type ExportDeps, exportHistory } from './core/exchange/export-history.ts';
import { type ImportedHistory, importHistory } from './core/exchange/import-history.ts';
import { type DownloadHistoryFilter, downloadStatistics } from './core/history/download-history.ts';
import { readDownloadDecisions } from './store/decision-store.ts';
import type { Manifest } from './store/exchange-tables.ts';

export interface DownloadHistory {
  readonly statistics: (filter: DownloadHistoryFilter) => Promise<DownloadStatistics>;
  /** What was decided last about the connections of a download, latest first. */
  readonly decisions: (id: string) => Promise<readonly KeptDecision[]>;
  /** A folder, or one file whose name ends in `.jsonl`. */
  readonly exportTo: (path: string) => Promise<Manifest>;
  /** As one text. */
  readonly exportText: () => Promise<{ readonly manifest: Manifest; readonly text: string }>;
  /** As `importFrom`. */
  readonly importText: (text: string, actor: Actor) => Promise<ImportedHistory>;
  /** All of it or, with faults, nothing. @throws KuraError `models.bundle-not-there`, `-unreadable`, `-too-new` */
  readonly importFrom: (path: string, actor: Actor) => Promise<ImportedHistory>;
}

export interface DownloadHistoryDeps extends ExportDeps {
  readonly unitOfWork: UnitOfWork;
}

export function createDownloadHistory(deps: DownloadHistoryDeps): DownloadHistory {
  return {
    statistics: async (filter) => downloadStatistics(deps, filter),
    decisions: async (id) => readDownloadDecisions(deps.database, id),
    async exportTo(path) {
      const bundle = await exportHistory(deps);
      await writeBundle(path, bundle);
      return bundle.manifest;
    },
    async exportText() {
      const bundle = await exportHistory(deps);
      return { manifest: bundle.manifest, text: bundleText(bundle) };
    },
    importText: async (text, actor) => importHistory(deps, readBundleText(text), actor),
    importFrom: async (path, actor) => importHistory(deps, await readBundle(path), actor),
  };
}
