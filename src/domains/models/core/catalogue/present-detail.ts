/** One model with all that is known of it, as the contract shows it. */
import { chooseFile, isGated, type Model, type ModelVersion } from '#engines/civitai';

import type { ModelDetail, VersionDetail } from '../../contract/index.ts';
import { siteScanOf } from '../consent/site-scan.ts';
import { plainText } from '../downloads/sidecars.ts';
import { isSafeImage, previewOf, rateModel, rateVersion } from '../search/content-rating.ts';
import { classifyCategories } from '../vocabulary/classify-categories.ts';
import { suggestBase } from '../vocabulary/suggest-base.ts';
import { type Snapshot, weeklyGrowth } from './growth.ts';
import { pageUrlOf, presentFile, presentLicence, presentStats } from './present-model.ts';

export interface DetailView {
  readonly siteUrl: string;
  /** Milliseconds since the epoch: what is gated then. */
  readonly now: number;
  readonly source: ModelDetail['source'];
  readonly firstSeenAt: string;
  readonly seenAt: string;
  readonly isRemoved: boolean;
  /** Versions that were seen before and that the site does not list any more. */
  readonly vanished: readonly ModelVersion[];
  readonly history: readonly Snapshot[];
  readonly libraryIdOf: (versionId: number, fileId: number) => string | null;
}

export function presentDetail(model: Model, view: DetailView): ModelDetail {
  return {
    modelId: model.modelId,
    name: model.name,
    type: model.type,
    creator: model.creator?.username ?? null,
    tags: model.tags,
    categories: classifyCategories(model.tags),
    nsfwLevel: model.nsfwLevel,
    rating: rateModel(model),
    poi: model.poi,
    minor: model.minor,
    state: view.isRemoved ? 'removed' : (model.mode ?? 'available'),
    availability: model.availability,
    license: presentLicence(model),
    stats: presentStats(model),
    growth: weeklyGrowth(view.history),
    pageUrl: pageUrlOf(view.siteUrl, model.modelId),
    description: plainText(model.descriptionHtml ?? ''),
    source: view.source,
    firstSeenAt: view.firstSeenAt,
    seenAt: view.seenAt,
    extra: model.extra,
    versions: [
      ...model.versions.map((version) => ({ ...presentVersion(model, version, view), removed: view.isRemoved })),
      ...view.vanished.map((version) => ({ ...presentVersion(model, version, view), removed: true })),
    ],
  };
}

function presentVersion(model: Model, version: ModelVersion, view: DetailView): Omit<VersionDetail, 'removed'> {
  const chosen = chooseFile(version).file;
  return {
    versionId: version.versionId,
    name: version.name,
    baseModel: version.baseModel,
    baseSuggestion: version.baseModel === null ? (suggestBase(`${model.name} · ${version.name}`)[0] ?? null) : null,
    publishedAt: version.publishedAt,
    updatedAt: version.updatedAt,
    trainedWords: version.trainedWords,
    nsfwLevel: version.nsfwLevel,
    rating: rateVersion(model, version),
    availability: version.availability,
    usageControl: version.usageControl,
    gated: isGated(version, view.now),
    gateEndsAt: version.paidAccess?.endsAt ?? null,
    stats: {
      downloads: version.stats?.downloads ?? null,
      thumbsUp: version.stats?.thumbsUp ?? null,
      thumbsDown: version.stats?.thumbsDown ?? null,
    },
    description: plainText(version.descriptionHtml ?? ''),
    previewUrl: previewOf(version, false),
    images: version.images
      .filter((image) => image.type !== 'video' && isSafeImage(image))
      .map(({ url, width, height }) => ({ url, width, height })),
    extra: version.extra,
    files: version.files.map((file) => ({
      ...presentFile(file),
      libraryId: view.libraryIdOf(version.versionId, file.fileId),
      chosen: file === chosen,
      fp: file.fp,
      pruning: file.size,
      quantType: file.quantType,
      siteScan: siteScanOf(file),
    })),
  };
}
