import { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import { DAY } from '#kernel/units';

import { isCivitaiId, type ModelId, modelId, type VersionId, versionId } from '../ids.ts';
import { type Image, readImage } from './image.ts';
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
import { type ModelFile, readFile, usableUrl } from './model-file.ts';

/** One version of a model, the same whether it came inside a model or alone, in 2023 or in 2026. */
export interface ModelVersion extends Lossless {
  readonly versionId: VersionId;
  /** Null only where neither the answer nor its surroundings name the model. */
  readonly modelId: ModelId | null;
  /** Free text; not unique inside a model; may be empty. */
  readonly name: string;
  /** Place in the creator's order, 0 = first. */
  readonly index: number | null;
  /** Open list; null when the answer had none. */
  readonly baseModel: string | null;
  readonly baseModelType: string | null;
  /** Published, Draft, … (open); null in lists. */
  readonly status: string | null;
  /** Public, EarlyAccess, … (open); null on `/model-versions` answers. */
  readonly availability: string | null;
  /** Download, Generation, … (open); anything but Download or null cannot be downloaded. */
  readonly usageControl: string | null;
  /** Created or Trained (open): whether the site's own trainer made it. */
  readonly uploadType: string | null;
  /** The version whose VAE is spliced into the files. */
  readonly vaeId: number | null;
  /** Asked for generating on the site with it. */
  readonly licensingFee: number | null;
  readonly publishedAt: Instant | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  /** The gate in front of the download, null when there is none that the answer tells of. */
  readonly paidAccess: PaidAccess | null;
  /** HTML of strangers; sanitise before rendering. */
  readonly descriptionHtml: string | null;
  /** As the creator wrote them: entries may be whole comma lists. */
  readonly trainedWords: readonly string[];
  readonly air: string | null;
  /** Bit mask over all images; 0 or null = not rated. */
  readonly nsfwLevel: number | null;
  readonly supportsGeneration: boolean | null;
  readonly stats: VersionStats | null;
  readonly files: readonly ModelFile[];
  readonly images: readonly Image[];
  /** What `/model-versions` answers tell about the model; null inside a model. */
  readonly model: VersionParent | null;
  readonly downloadUrl: string | null;
  /** Files and images that could not be read. */
  readonly skipped: readonly SkippedItem[];
  /** The element as sent, for storing the answer itself; shares its values with `extra`. */
  readonly raw: Raw;
}

export interface PaidAccess {
  readonly permanent: boolean;
  /** When the version opens for everybody; null when permanent or unknown. */
  readonly endsAt: Instant | null;
}

export interface VersionStats {
  readonly downloads: number | null;
  readonly thumbsUp: number | null;
  readonly thumbsDown: number | null;
}

export interface VersionParent {
  readonly name: string;
  readonly type: string;
  readonly nsfw: boolean | null;
  readonly poi: boolean | null;
  readonly mode: string | null;
}

const schema = z.object({
  id: anything,
  modelId: anything,
  name: text,
  index: number,
  baseModel: text,
  baseModelType: text,
  status: text,
  availability: text,
  usageControl: text,
  uploadType: text,
  vaeId: number,
  licensingFee: number,
  publishedAt: text,
  createdAt: text,
  updatedAt: text,
  paidAccess: record,
  earlyAccessEndsAt: text,
  earlyAccessDeadline: text,
  earlyAccessTimeFrame: number,
  description: text,
  trainedWords: anything,
  air: text,
  nsfwLevel: number,
  supportsGeneration: flag,
  covered: flag,
  stats: record,
  files: list,
  images: list,
  model: record,
  downloadUrl: text,
});
const paidAccessSchema = z.object({ permanent: flag, endsAt: text });
const statsSchema = z.object({ downloadCount: number, thumbsUpCount: number, thumbsDownCount: number });
const parentSchema = z.object({ name: text, type: text, nsfw: flag, poi: flag, mode: text });

type Fields = z.infer<typeof schema>;

/** Reads a version; `owner` is the model it stands in, for answers that do not repeat it. */
export function readVersion(raw: Raw, owner: ModelId | null = null): Reading<ModelVersion> {
  const fields = schema.parse(raw);
  if (!isCivitaiId(fields.id)) return { reason: 'no-id' };
  const files = readList(fields.files ?? [], readFile);
  const images = readList(fields.images ?? [], readImage);
  const version = {
    versionId: versionId(fields.id),
    modelId: isCivitaiId(fields.modelId) ? modelId(fields.modelId) : owner,
    ...readFacts(fields),
    paidAccess: readPaidAccess(fields),
    stats: fields.stats ? readVersionStats(fields.stats) : null,
    model: fields.model ? readParent(fields.model) : null,
    downloadUrl: usableUrl(fields.downloadUrl),
  };
  return {
    item: {
      ...version,
      files: files.items,
      images: images.items,
      skipped: [...files.skipped, ...images.skipped],
      extra: leftOver(raw, asSent(version, raw)),
      raw,
    },
  };
}

/** What was read, under the keys it was sent with; each field stands for one key only. */
function asSent(version: Omit<ModelVersion, 'files' | 'images' | 'skipped' | 'extra' | 'raw'>, raw: Raw): Raw {
  const { versionId: id, descriptionHtml, stats, supportsGeneration, ...same } = version;
  const generates = typeof raw['supportsGeneration'] === 'boolean' ? 'supportsGeneration' : 'covered';
  return {
    ...same,
    id,
    description: descriptionHtml,
    [generates]: supportsGeneration,
    stats: stats && {
      downloadCount: stats.downloads,
      thumbsUpCount: stats.thumbsUp,
      thumbsDownCount: stats.thumbsDown,
    },
    files: readElsewhere(raw['files']),
    images: readElsewhere(raw['images']),
  };
}

/** Whether the download is closed to people without a grant at the time `now` (ms since the epoch). */
export function isGated(version: ModelVersion, now: number): boolean {
  const { paidAccess } = version;
  if (paidAccess === null) return version.availability === 'EarlyAccess';
  return paidAccess.permanent || paidAccess.endsAt === null || Date.parse(paidAccess.endsAt) > now;
}

function readFacts(fields: Fields) {
  return {
    name: fields.name ?? '',
    index: readCount(fields.index),
    baseModel: fields.baseModel ?? null,
    baseModelType: fields.baseModelType ?? null,
    status: fields.status ?? null,
    availability: fields.availability ?? null,
    usageControl: fields.usageControl ?? null,
    uploadType: fields.uploadType ?? null,
    vaeId: readCount(fields.vaeId),
    licensingFee: readCount(fields.licensingFee),
    publishedAt: readInstant(fields.publishedAt),
    createdAt: readInstant(fields.createdAt),
    updatedAt: readInstant(fields.updatedAt),
    descriptionHtml: fields.description ?? null,
    trainedWords: readWords(fields.trainedWords),
    air: fields.air ?? null,
    nsfwLevel: readCount(fields.nsfwLevel),
    supportsGeneration: fields.supportsGeneration ?? fields.covered ?? null,
  };
}

/** Four spellings in four years: a number of days, a deadline, an end, and today's object. */
function readPaidAccess(fields: Fields): PaidAccess | null {
  if (fields.paidAccess) {
    const access = paidAccessSchema.parse(fields.paidAccess);
    return { permanent: access.permanent ?? false, endsAt: readInstant(access.endsAt) };
  }
  const endsAt = readInstant(fields.earlyAccessEndsAt) ?? readInstant(fields.earlyAccessDeadline);
  if (endsAt !== null) return { permanent: false, endsAt };
  const start = readInstant(fields.publishedAt) ?? readInstant(fields.createdAt);
  const days = fields.earlyAccessTimeFrame ?? 0;
  if (start === null || days <= 0 || days > 3650) return null;
  return { permanent: false, endsAt: instant(new Date(Date.parse(start) + days * DAY)) };
}

function readVersionStats(raw: Raw): VersionStats {
  const stats = statsSchema.parse(raw);
  return {
    downloads: readCount(stats.downloadCount),
    thumbsUp: readCount(stats.thumbsUpCount),
    thumbsDown: readCount(stats.thumbsDownCount),
  };
}

function readParent(raw: Raw): VersionParent {
  const parent = parentSchema.parse(raw);
  return {
    name: parent.name ?? '',
    type: parent.type ?? '',
    nsfw: parent.nsfw ?? null,
    poi: parent.poi ?? null,
    mode: parent.mode ?? null,
  };
}
