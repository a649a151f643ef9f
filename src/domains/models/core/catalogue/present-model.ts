/** Models as the contract shows them. */
import { chooseFile, type FileHashes, isGated, type Model, type ModelFile } from '#engines/civitai';

import type { FileView, FoundModel, LicenceView, PublishedHashes, StatsView } from '../../contract/index.ts';
import type { Candidate } from '../search/candidate.ts';
import { previewOf, rateVersion } from '../search/content-rating.ts';
import { type QualityOptions, scoreQuality } from '../search/quality-score.ts';
import { qualityFactsOf } from '../search/search-order.ts';

export interface FoundView {
  readonly siteUrl: string;
  /** Pictures of every rating. */
  readonly allRatings: boolean;
  /** Milliseconds since the epoch: what is gated then. */
  readonly now: number;
  /** How the quality is counted. */
  readonly quality: QualityOptions;
}

export function presentFound({ model, versions }: Candidate, view: FoundView): FoundModel[] {
  const { siteUrl, allRatings, now, quality } = view;
  const [version] = versions;
  if (version === undefined) return [];
  const chosen = chooseFile(version).file;
  return [
    {
      modelId: model.modelId,
      versionId: version.versionId,
      name: model.name,
      versionName: version.name,
      type: model.type,
      baseModel: version.baseModel,
      creator: model.creator?.username ?? null,
      tags: model.tags,
      trainedWords: version.trainedWords,
      nsfwLevel: model.nsfwLevel,
      rating: rateVersion(model, version) === 'safe' ? 'safe' : 'adult',
      license: presentLicence(model),
      stats: presentStats(model),
      publishedAt: version.publishedAt ?? version.createdAt,
      updatedAt: version.updatedAt,
      gated: isGated(version, now),
      quality: scoreQuality(qualityFactsOf(model), quality),
      pageUrl: pageUrlOf(siteUrl, model.modelId, version.versionId),
      previewUrl: previewOf(version, allRatings),
      files: version.files.map((file) => ({ ...presentFile(file), chosen: file === chosen })),
    },
  ];
}

export function pageUrlOf(siteUrl: string, modelId: number, versionId?: number): string {
  const page = `${siteUrl}/models/${modelId}`;
  return versionId === undefined ? page : `${page}?modelVersionId=${versionId}`;
}

export function presentFile(file: ModelFile): FileView {
  const { fileId, name, type, sizeBytes, format } = file;
  return { fileId, name, type, sizeBytes, format, hashes: presentHashes(file.hashes) };
}

/** The names the site gives them; what it does not publish is left out. */
export function presentHashes(hashes: FileHashes): PublishedHashes {
  return {
    ...(hashes.sha256 === null ? {} : { SHA256: hashes.sha256 }),
    ...(hashes.autoV1 === null ? {} : { AutoV1: hashes.autoV1 }),
    ...(hashes.autoV2 === null ? {} : { AutoV2: hashes.autoV2 }),
    ...(hashes.autoV3 === null ? {} : { AutoV3: hashes.autoV3 }),
    ...(hashes.crc32 === null ? {} : { CRC32: hashes.crc32 }),
    ...(hashes.blake3 === null ? {} : { BLAKE3: hashes.blake3 }),
  };
}

export function presentLicence({ licence }: Model): LicenceView {
  return licence;
}

export function presentStats({ stats }: Model): StatsView {
  return {
    downloads: stats?.downloads ?? null,
    thumbsUp: stats?.thumbsUp ?? null,
    thumbsDown: stats?.thumbsDown ?? null,
    comments: stats?.comments ?? null,
  };
}
