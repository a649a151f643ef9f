/** The small lists: creators, tags, enumerations, hash matches. */
import { z } from 'zod';

import { type Sha256, sha256 } from '#kernel/brands';

import { isCivitaiId, type ModelId, modelId, type VersionId, versionId } from '../ids.ts';
import {
  anything,
  type Lossless,
  leftOver,
  number,
  type Raw,
  type Reading,
  readCount,
  readWords,
  text,
} from './lenient.ts';

export interface Creator extends Lossless {
  /** Null for deleted accounts. */
  readonly username: string | null;
  readonly modelCount: number | null;
  readonly imageUrl: string | null;
}

export interface Tag extends Lossless {
  readonly name: string;
}

/** The site's own lists; offer them as filters, never validate answers against them. */
export interface Enums extends Lossless {
  readonly modelTypes: readonly string[];
  readonly fileTypes: readonly string[];
  readonly baseModels: readonly string[];
  /** Those the site offers today. */
  readonly activeBaseModels: readonly string[];
  readonly baseModelTypes: readonly string[];
}

/** One file the site knows by its SHA-256; a hash can match several versions. */
export interface HashMatch extends Lossless {
  readonly sha256: Sha256;
  readonly versionId: VersionId;
  readonly modelId: ModelId | null;
}

const creatorSchema = z.object({ username: text, modelCount: number, image: text });
const enumsSchema = z.object({
  ModelType: anything,
  ModelFileType: anything,
  BaseModel: anything,
  ActiveBaseModel: anything,
  BaseModelType: anything,
});
const matchSchema = z.object({ modelVersionId: anything, modelId: anything, hash: text });

export function readCreator(raw: Raw): Reading<Creator> {
  const fields = creatorSchema.parse(raw);
  const username = fields.username ?? null;
  const modelCount = readCount(fields.modelCount);
  const imageUrl = fields.image ?? null;
  return {
    item: { username, modelCount, imageUrl, extra: leftOver(raw, { username, modelCount, image: imageUrl }) },
  };
}

export function readTag(raw: Raw): Reading<Tag> {
  const { name } = raw;
  if (typeof name !== 'string' || name === '') return { reason: 'no-name' };
  return { item: { name, extra: leftOver(raw, { name }) } };
}

export function readEnums(raw: Raw): Reading<Enums> {
  const lists = enumsSchema.parse(raw);
  const enums = {
    modelTypes: readWords(lists.ModelType),
    fileTypes: readWords(lists.ModelFileType),
    baseModels: readWords(lists.BaseModel),
    activeBaseModels: readWords(lists.ActiveBaseModel),
    baseModelTypes: readWords(lists.BaseModelType),
  };
  const extra = leftOver(raw, {
    ModelType: enums.modelTypes,
    ModelFileType: enums.fileTypes,
    BaseModel: enums.baseModels,
    ActiveBaseModel: enums.activeBaseModels,
    BaseModelType: enums.baseModelTypes,
  });
  return { item: { ...enums, extra } };
}

export function readHashMatch(raw: Raw): Reading<HashMatch> {
  const match = matchSchema.parse(raw);
  if (!isCivitaiId(match.modelVersionId)) return { reason: 'no-id' };
  if (!/^[0-9a-f]{64}$/i.test(match.hash ?? '')) return { reason: 'no-hash' };
  const found = {
    sha256: sha256(match.hash ?? ''),
    versionId: versionId(match.modelVersionId),
    modelId: isCivitaiId(match.modelId) ? modelId(match.modelId) : null,
  };
  const extra = leftOver(raw, { modelVersionId: found.versionId, modelId: found.modelId, hash: found.sha256 });
  return { item: { ...found, extra } };
}
