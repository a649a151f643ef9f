/** Collections, sweeps, watches and history as the contract shows them. */
import type { Translator } from '#platform/i18n';

import type {
  CollectionItem,
  CollectionView,
  SavedSearchView,
  SearchRunView,
  SweepCell,
  SweepReport,
  SweepView,
  WatchFinding,
  WatchView,
} from '../contract/index.ts';
import type { SweepFindings, SweptCell } from '../core/sweeps/sweeps.ts';
import type { WatchState } from '../core/watches/watches.ts';
import type { CollectedItem } from '../store/collection-row-store.ts';
import type { Collection } from '../store/collection-store.ts';
import type { SearchRun } from '../store/history-store.ts';
import type { StoredReason } from '../store/reason-column.ts';
import type { CellCount, Sweep } from '../store/sweep-store.ts';
import type { SavedSearch, StoredFinding } from '../store/watch-store.ts';

/** A code of an older version may have lost its sentence; it is shown bare rather than hiding the record. */
function presentReason(reason: StoredReason | null, text: Translator) {
  if (reason === null) return null;
  const { code, params } = reason;
  return { code, message: text.has(code) ? text.text(code, params) : code };
}

export function presentCollection(collection: Collection, text: Translator): CollectionView {
  const { id, key, status, query, pages, models, versions, stages, createdAt, updatedAt, finishedAt } = collection;
  const newVersions = collection.baselineId === null ? null : collection.newVersions;
  const reason = presentReason(collection.reason, text);
  return {
    id,
    key,
    status,
    query,
    pages,
    models,
    versions,
    newVersions,
    stages,
    reason,
    createdAt,
    updatedAt,
    finishedAt,
  };
}

export function presentItem(item: CollectedItem, hasBaseline: boolean, siteUrl: string): CollectionItem {
  const { place: _place, ...rest } = item;
  return { ...rest, isNew: hasBaseline ? item.isNew : null, pageUrl: pageOf(item, siteUrl) };
}

export function presentSweep(
  { id, name, status, plan, createdAt, updatedAt }: Sweep,
  { cells, cellsDone }: CellCount,
): SweepView {
  return { id, name, status, plan, cells, cellsDone, createdAt, updatedAt };
}

export function presentSweepReport({ sweep, cells, ...rest }: SweepFindings, text: Translator): SweepReport {
  const cellsDone = cells.filter(({ status }) => status === 'completed').length;
  const view = presentSweep(sweep, { cells: cells.length, cellsDone });
  return { sweep: view, cells: cells.map((cell) => presentCell(cell, text)), ...rest };
}

function presentCell({ collectionId: _collection, reason, ...cell }: SweptCell, text: Translator): SweepCell {
  return { ...cell, reason: presentReason(reason, text) };
}

export function presentSavedSearch({ id: _id, ...search }: SavedSearch): SavedSearchView {
  return search;
}

export function presentWatch({ watch, search, schedule, known, unseen }: WatchState, text: Translator): WatchView {
  const { name, lastRunAt, lastOutcome, reason, createdAt } = watch;
  return {
    name,
    search,
    timing: schedule?.timing ?? { kind: 'interval', everyMs: 0 },
    enabled: schedule?.enabled ?? false,
    nextRun: schedule?.nextRun ?? null,
    lastRunAt,
    lastOutcome,
    reason: presentReason(reason, text),
    known,
    unseen,
    createdAt,
  };
}

export function presentFinding(finding: StoredFinding, siteUrl: string): WatchFinding {
  return { ...finding, pageUrl: pageOf(finding, siteUrl) };
}

export function presentSearchRun({ reason, ...run }: SearchRun, text: Translator): SearchRunView {
  return { ...run, reason: presentReason(reason, text) };
}

function pageOf({ modelId, versionId }: Pick<CollectedItem, 'modelId' | 'versionId'>, siteUrl: string): string {
  return `${siteUrl}/models/${modelId}?modelVersionId=${versionId}`;
}
