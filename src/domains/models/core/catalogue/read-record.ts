/**
 * What a recorded answer of CivitAI, or a side-car made from one, says about models. Recognised by shape, because files
 * do not tell which endpoint they came from.
 */
import {
  type Model,
  type ModelVersion,
  type Raw,
  readList,
  readModel,
  readVersion,
  type SkippedItem,
} from '#engines/civitai';
import type { MessageParams } from '#kernel/errors';

/** Message code and parameters. */
export interface Reason {
  readonly code: string;
  readonly params: MessageParams;
}

export interface RecordContents {
  readonly models: readonly Model[];
  /** Versions that stand alone, each with its model's id. */
  readonly versions: readonly ModelVersion[];
  /** Why entries were not taken; empty when everything was. */
  readonly faults: readonly Reason[];
}

interface Collected {
  readonly models: Model[];
  readonly versions: ModelVersion[];
  readonly faults: Reason[];
}

/** Reads one parsed file: a model, a version, a page of them (`items`), or a bare list as the look-ups by hash answer. */
export function readRecord(value: unknown): RecordContents {
  const entries = entriesOf(value);
  const found: Collected = { models: [], versions: [], faults: [] };
  for (const entry of entries) collect(entry, found);
  if (entries.length === 0) found.faults.push(reason('empty'));
  return found;
}

function entriesOf(value: unknown): readonly unknown[] {
  if (isRaw(value) && Array.isArray(value['items'])) return value['items'];
  // A look-up of several hashes answers null for each unknown one.
  return Array.isArray(value) ? value.filter((entry) => entry !== null) : [value];
}

function collect(entry: unknown, found: Collected): void {
  if (!isRaw(entry)) {
    found.faults.push(reason('not-a-model'));
  } else if (Array.isArray(entry['modelVersions'])) {
    const { items, skipped } = readList([entry], readModel);
    found.models.push(...items);
    found.faults.push(...[...skipped, ...items.flatMap((model) => model.skipped)].map(unreadable));
  } else if (isVersion(entry)) {
    collectVersion(entry, found);
  } else {
    found.faults.push(otherAnswer(entry));
  }
}

function collectVersion(entry: Raw, found: Collected): void {
  const { items, skipped } = readList([entry], (raw) => readVersion(raw));
  for (const version of items) {
    if (version.modelId === null) found.faults.push(reason('no-model-id'));
    else found.versions.push(version);
  }
  found.faults.push(...skipped.map(unreadable));
}

/** Entries of the vault have files and a model as well, but are about a version: they name it by `modelVersionId`. */
function isVersion(entry: Raw): boolean {
  const isOwned = 'modelId' in entry || isRaw(entry['model']);
  return Array.isArray(entry['files']) && typeof entry['name'] === 'string' && isOwned && !('modelVersionId' in entry);
}

function otherAnswer(entry: Raw): Reason {
  const { error } = entry;
  return typeof error === 'string' ? reason('error-answer', { error: error.slice(0, 200) }) : reason('not-a-model');
}

function unreadable(skipped: SkippedItem): Reason {
  return reason(skipped.reason === 'no-id' ? 'no-id' : 'not-an-object');
}

function reason(name: string, params: MessageParams = {}): Reason {
  return { code: `models.import-${name}`, params };
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
