/**
 * What a recorded answer of CivitAI, a side-car made from one, or a list of ours says about models. Recognised by shape,
 * because files do not tell which endpoint they came from.
 */
import {
  type AnswerEntry,
  type Enums,
  type Model,
  type ModelVersion,
  readAnswer,
  type SkippedItem,
} from '#engines/civitai';
import type { MessageParams } from '#kernel/errors';

import { inWordsOfTheApi } from './sidecar-dialects.ts';

/** Message code and parameters. */
export interface Reason {
  readonly code: string;
  readonly params: MessageParams;
}

export interface RecordContents {
  readonly models: readonly Model[];
  /** Versions that stand alone, each with its model's id. */
  readonly versions: readonly ModelVersion[];
  /** The site's lists of what there is. */
  readonly enums: readonly Enums[];
  /** Why entries were not taken; empty when everything was. */
  readonly faults: readonly Reason[];
}

interface Collected {
  readonly models: Model[];
  readonly versions: ModelVersion[];
  readonly enums: Enums[];
  readonly faults: Reason[];
}

/** Reads one parsed file: an answer of any endpoint, or what another program keeps beside a model. */
export function readRecord(value: unknown): RecordContents {
  const found: Collected = { models: [], versions: [], enums: [], faults: [] };
  const translated = inWordsOfTheApi(value);
  if ('reason' in translated) return { ...found, faults: [reason(translated.reason)] };
  // A look-up of several hashes answers null for each unknown one.
  const entries = readAnswer(translated.value).entries.filter((entry) => !('raw' in entry && entry.raw === null));
  for (const entry of entries) collect(entry, found);
  if (entries.length === 0) found.faults.push(reason('empty'));
  return found;
}

/** Kinds of answers in which there is nothing the catalogue keeps. */
const notKept = {
  account: 'account',
  collection: 'collection',
  creator: 'creator',
  'hash-match': 'hash-match',
  image: 'image',
  mini: 'mini',
  permissions: 'account',
  tag: 'tag',
  user: 'account',
  vault: 'vault',
  'vault-entry': 'vault',
  'vault-membership': 'vault',
} as const;

function collect(entry: AnswerEntry, found: Collected): void {
  switch (entry.kind) {
    case 'model':
      found.models.push(entry.item);
      found.faults.push(...entry.item.skipped.map(({ reason: why }) => unreadable(why)));
      return;
    case 'version':
      if (entry.item.modelId === null) found.faults.push(reason('no-model-id'));
      else found.versions.push(entry.item);
      return;
    case 'enums':
      found.enums.push(entry.item);
      return;
    case 'error':
      found.faults.push(reason('error-answer', { error: entry.message.slice(0, 200) }));
      return;
    case 'unreadable':
      found.faults.push(unreadable(entry.reason));
      return;
    case 'unknown':
      found.faults.push(reason('not-a-model'));
      return;
    default:
      found.faults.push(reason(`is-${notKept[entry.kind]}`));
  }
}

function unreadable(why: SkippedItem['reason']): Reason {
  return reason(why === 'no-id' ? 'no-id' : 'not-an-object');
}

function reason(name: string, params: MessageParams = {}): Reason {
  return { code: `models.import-${name}`, params };
}
