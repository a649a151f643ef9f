import { z } from 'zod';

import type { Instant } from '#kernel/brands';

import { isCivitaiId, type ModelId, modelId } from '../ids.ts';
import {
  anything,
  flag,
  type Lossless,
  leftOver,
  list,
  number,
  type Raw,
  type Reading,
  readCount,
  readElsewhere,
  readInstant,
  readList,
  readWords,
  record,
  type SkippedItem,
  text,
} from './lenient.ts';
import { type Licence, readLicence } from './licence.ts';
import { type ModelVersion, readVersion } from './model-version.ts';

/** A model with its versions, newest first in the creator's order; one shape for every era of the API. */
export interface Model extends Lossless {
  readonly modelId: ModelId;
  /** Any script, emoji, slashes; may be empty. */
  readonly name: string;
  /** Checkpoint, LORA, …: an open list; empty when the answer had none. */
  readonly type: string;
  /** HTML of strangers; sanitise before rendering. */
  readonly descriptionHtml: string | null;
  /** Null for system and deleted users. */
  readonly creator: ModelCreator | null;
  /** The creator's account. */
  readonly userId: number | null;
  /** Published, Draft, … (open); null in lists. */
  readonly status: string | null;
  readonly createdAt: Instant | null;
  readonly tags: readonly string[];
  /** The base models of its versions, as reported or as found on them. */
  readonly baseModels: readonly string[];
  readonly nsfw: boolean | null;
  /** Bit mask of everything in the model; 0 or null = not rated, which is not safe. */
  readonly nsfwLevel: number | null;
  /** Shows a real person. */
  readonly poi: boolean | null;
  readonly minor: boolean | null;
  readonly sfwOnly: boolean | null;
  readonly availability: string | null;
  /** Archived or TakenDown (open); null when healthy. */
  readonly mode: string | null;
  readonly supportsGeneration: boolean | null;
  readonly licence: Licence;
  /** Null when the answer had none; single counters are null when the creator hides them. */
  readonly stats: ModelStats | null;
  readonly versions: readonly ModelVersion[];
  /** Versions that could not be read. */
  readonly skipped: readonly SkippedItem[];
  /** The element as sent, for storing the answer itself; shares its values with `extra`. */
  readonly raw: Raw;
}

export interface ModelCreator {
  readonly username: string | null;
  readonly imageUrl: string | null;
}

export interface ModelStats {
  readonly downloads: number | null;
  readonly thumbsUp: number | null;
  readonly thumbsDown: number | null;
  readonly comments: number | null;
  readonly tips: number | null;
}

const schema = z.object({
  id: anything,
  name: text,
  type: text,
  description: text,
  creator: record,
  userId: number,
  status: text,
  createdAt: text,
  tags: anything,
  baseModels: anything,
  nsfw: flag,
  nsfwLevel: number,
  poi: flag,
  minor: flag,
  sfwOnly: flag,
  availability: text,
  mode: text,
  supportsGeneration: flag,
  stats: record,
  modelVersions: list,
});
const creatorSchema = z.object({ username: text, image: text });
const statsSchema = z.object({
  downloadCount: number,
  thumbsUpCount: number,
  thumbsDownCount: number,
  commentCount: number,
  tippedAmountCount: number,
});

export function readModel(raw: Raw): Reading<Model> {
  const fields = schema.parse(raw);
  if (!isCivitaiId(fields.id)) return { reason: 'no-id' };
  const id = modelId(fields.id);
  const versions = readList(fields.modelVersions ?? [], (version) => readVersion(version, id));
  const model = {
    modelId: id,
    ...readFacts(fields),
    baseModels: baseModelsOf(readWords(fields.baseModels), versions.items),
    licence: readLicence(raw),
  };
  return {
    item: {
      ...model,
      versions: versions.items,
      skipped: versions.skipped,
      extra: leftOver(raw, asSent(model, raw)),
      raw,
    },
  };
}

function readFacts(fields: z.infer<typeof schema>) {
  return {
    name: fields.name ?? '',
    type: fields.type ?? '',
    descriptionHtml: fields.description ?? null,
    creator: fields.creator ? readCreator(fields.creator) : null,
    userId: readCount(fields.userId),
    status: fields.status ?? null,
    createdAt: readInstant(fields.createdAt),
    tags: readWords(fields.tags),
    nsfw: fields.nsfw ?? null,
    nsfwLevel: readCount(fields.nsfwLevel),
    poi: fields.poi ?? null,
    minor: fields.minor ?? null,
    sfwOnly: fields.sfwOnly ?? null,
    availability: fields.availability ?? null,
    mode: fields.mode ?? null,
    supportsGeneration: fields.supportsGeneration ?? null,
    stats: fields.stats ? readStats(fields.stats) : null,
  };
}

/** What was read, under the keys it was sent with. */
function asSent(model: Omit<Model, 'versions' | 'skipped' | 'extra' | 'raw'>, raw: Raw): Raw {
  const { modelId: id, descriptionHtml, creator, stats, licence, ...same } = model;
  return {
    ...same,
    ...licence,
    id,
    description: descriptionHtml,
    creator: creator && { username: creator.username, image: creator.imageUrl },
    stats: stats && {
      downloadCount: stats.downloads,
      thumbsUpCount: stats.thumbsUp,
      thumbsDownCount: stats.thumbsDown,
      commentCount: stats.comments,
      tippedAmountCount: stats.tips,
    },
    modelVersions: readElsewhere(raw['modelVersions']),
  };
}

function baseModelsOf(reported: readonly string[], versions: readonly ModelVersion[]): readonly string[] {
  return [...new Set([...reported, ...versions.flatMap((version) => version.baseModel ?? [])])];
}

function readCreator(raw: Raw): ModelCreator {
  const creator = creatorSchema.parse(raw);
  return { username: creator.username ?? null, imageUrl: creator.image ?? null };
}

function readStats(raw: Raw): ModelStats {
  const stats = statsSchema.parse(raw);
  return {
    downloads: readCount(stats.downloadCount),
    thumbsUp: readCount(stats.thumbsUpCount),
    thumbsDown: readCount(stats.thumbsDownCount),
    comments: readCount(stats.commentCount),
    tips: readCount(stats.tippedAmountCount),
  };
}
