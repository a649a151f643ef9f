/** Models as the contract shows them. */
import type { FileHashes, Model, ModelFile } from '#engines/civitai';

import type { FileView, FoundModel, LicenceView, PublishedHashes, StatsView } from '../../contract/index.ts';
import { previewOf } from '../search/content-rating.ts';
import type { Candidate } from '../search/search-filters.ts';

export function presentFound({ model, versions }: Candidate, siteUrl: string, allRatings: boolean): FoundModel[] {
  const [version] = versions;
  if (version === undefined) return [];
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
      nsfwLevel: model.nsfwLevel,
      license: presentLicence(model),
      stats: presentStats(model),
      publishedAt: version.publishedAt ?? version.createdAt,
      pageUrl: pageUrlOf(siteUrl, model.modelId, version.versionId),
      previewUrl: previewOf(version, allRatings),
      files: version.files.map(presentFile),
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
