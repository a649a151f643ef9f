/** What the site sent as rows of the catalogue. Null = the answer did not say, so that what was known stays. */
import type { FileHashes, Image, Model, ModelFile, ModelVersion } from '#engines/civitai';
import type { Instant } from '#kernel/brands';

import { presentHashes } from '../core/catalogue/present-model.ts';
import { foldText } from '../core/query-language/fold-text.ts';

/** Gates nobody knows the end of, and no gate at all. */
export const gateNeverOpens = '9999-12-31T23:59:59.999Z';
export const gateIsOpen = '0001-01-01T00:00:00.000Z';

export interface SeenVersion {
  readonly version: ModelVersion;
  /** Place in the creator's order. */
  readonly place: number;
}

export function modelRow(model: Model, at: Instant) {
  const { licence, stats } = model;
  return {
    model_id: model.modelId,
    name: model.name,
    type: model.type,
    creator: model.creator?.username ?? null,
    tags: JSON.stringify(model.tags),
    nsfw: flag(model.nsfw),
    nsfw_level: whole(model.nsfwLevel),
    allow_commercial: licence.allowCommercialUse === null ? null : JSON.stringify(licence.allowCommercialUse),
    allow_no_credit: flag(licence.allowNoCredit),
    allow_derivatives: flag(licence.allowDerivatives),
    allow_different_license: flag(licence.allowDifferentLicense),
    downloads: whole(stats?.downloads),
    thumbs_up: whole(stats?.thumbsUp),
    thumbs_down: whole(stats?.thumbsDown),
    comments: whole(stats?.comments),
    tips: whole(stats?.tips),
    poi: flag(model.poi),
    minor: flag(model.minor),
    sfw_only: flag(model.sfwOnly),
    mode: model.mode,
    availability: model.availability,
    description: model.descriptionHtml,
    extra: json(model.extra),
    first_seen_at: at,
    seen_at: at,
    removed_at: null,
    checked_at: at,
  };
}

export function versionRow({ version, place }: SeenVersion, modelId: number, at: Instant) {
  return {
    version_id: version.versionId,
    model_id: modelId,
    name: version.name,
    base_model: version.baseModel,
    base_model_type: version.baseModelType,
    place: whole(version.index) ?? place,
    status: version.status,
    availability: version.availability,
    usage_control: version.usageControl,
    gate_opens_at: gateOf(version),
    published_at: version.publishedAt,
    created_at: version.createdAt,
    updated_at: version.updatedAt,
    nsfw_level: whole(version.nsfwLevel),
    trained_words: JSON.stringify(version.trainedWords),
    description: version.descriptionHtml,
    downloads: whole(version.stats?.downloads),
    thumbs_up: whole(version.stats?.thumbsUp),
    thumbs_down: whole(version.stats?.thumbsDown),
    air: version.air,
    extra: json(version.extra),
    first_seen_at: at,
    seen_at: at,
    removed_at: null,
  };
}

export function fileRow(version: ModelVersion, file: ModelFile, at: Instant) {
  return {
    version_id: Number(version.versionId),
    file_id: Number(file.fileId),
    name: file.name,
    type: file.type,
    size_bytes: file.sizeBytes === null ? null : Number(file.sizeBytes),
    format: file.format,
    fp: file.fp,
    pruning: file.size,
    quant_type: file.quantType,
    is_primary: Number(file.primary),
    pickle_scan: file.pickleScan.result,
    virus_scan: file.virusScan.result,
    scanned_at: file.scannedAt,
    sha256: file.hashes.sha256,
    hashes: JSON.stringify(presentHashes(file.hashes satisfies FileHashes)),
    seen_at: at,
  };
}

export function hashRows(version: ModelVersion, file: ModelFile) {
  return Object.entries(file.hashes).flatMap(([algorithm, digest]: [string, string | null]) =>
    digest === null ? [] : [{ digest, algorithm, version_id: Number(version.versionId), file_id: Number(file.fileId) }],
  );
}

export function imageRow(version: ModelVersion, image: Image, place: number, at: Instant) {
  return {
    version_id: Number(version.versionId),
    url: image.url,
    place,
    image_id: image.imageId,
    type: image.type,
    width: whole(image.width),
    height: whole(image.height),
    blur_hash: image.blurHash,
    nsfw_level: whole(image.nsfwLevel),
    meta: image.meta === null ? null : JSON.stringify(image.meta),
    seen_at: at,
  };
}

/** Two spellings of one tag are one tag. */
export function tagRows(modelId: number, tags: readonly string[]) {
  return tags.map((tag) => ({ model_id: modelId, tag_key: foldText(tag), tag }));
}

/** Nobody needs a row a day of a model whose counters were not sent. */
export function statsRows(model: Model, at: Instant) {
  const taken = { day: at.slice(0, 10), taken_at: at };
  const { modelId, stats } = model;
  const ofModel = {
    ...taken,
    subject: 'model' as const,
    subject_id: Number(modelId),
    downloads: whole(stats?.downloads),
    thumbs_up: whole(stats?.thumbsUp),
    thumbs_down: whole(stats?.thumbsDown),
    comments: whole(stats?.comments),
    tips: whole(stats?.tips),
  };
  return stats === null ? [] : [ofModel];
}

export function versionStatsRows({ versionId, stats }: ModelVersion, at: Instant) {
  if (stats === null) return [];
  return [
    {
      day: at.slice(0, 10),
      taken_at: at,
      subject: 'version' as const,
      subject_id: Number(versionId),
      downloads: whole(stats.downloads),
      thumbs_up: whole(stats.thumbsUp),
      thumbs_down: whole(stats.thumbsDown),
      comments: null,
      tips: null,
    },
  ];
}

/** Null when the answer neither tells of a gate nor that there is none. */
function gateOf({ paidAccess, availability }: ModelVersion): string | null {
  if (paidAccess !== null) return paidAccess.permanent ? gateNeverOpens : (paidAccess.endsAt ?? gateNeverOpens);
  if (availability === null) return null;
  return availability === 'EarlyAccess' ? gateNeverOpens : gateIsOpen;
}

function flag(value: boolean | null): number | null {
  return value === null ? null : Number(value);
}

/** Counters are whole; a foreign server that sends 1.5 must not cost the page. */
function whole(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value);
}

function json(value: Readonly<Record<string, unknown>>): string | null {
  return Object.keys(value).length === 0 ? null : JSON.stringify(value);
}
