/** The small answers: creators, tags, enumerations, the own account, hash matches. */
import { z } from 'zod';

import { type Sha256, sha256 } from '#kernel/brands';

import { isCivitaiId, type ModelId, modelId, type VersionId, versionId } from '../ids.ts';
import { anything, flag, number, type Raw, type Reading, readCount, readWords, text } from './lenient.ts';

export interface Creator {
  /** Null for deleted accounts. */
  readonly username: string | null;
  readonly modelCount: number | null;
  readonly imageUrl: string | null;
}

export interface Tag {
  readonly name: string;
}

/** The site's own lists; offer them as filters, never validate answers against them. */
export interface Enums {
  readonly modelTypes: readonly string[];
  readonly fileTypes: readonly string[];
  readonly baseModels: readonly string[];
  /** Those the site offers today. */
  readonly activeBaseModels: readonly string[];
  readonly baseModelTypes: readonly string[];
}

/** The account a token belongs to; its e-mail address is deliberately not read. */
export interface Account {
  readonly userId: number;
  readonly username: string;
  readonly tier: string | null;
  readonly status: string | null;
  readonly isMember: boolean | null;
}

/** One file the site knows by its SHA-256; a hash can match several versions. */
export interface HashMatch {
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
const accountSchema = z.object({ id: anything, username: text, tier: text, status: text, isMember: flag });
const matchSchema = z.object({ modelVersionId: anything, modelId: anything, hash: text });

export function readCreator(raw: Raw): Reading<Creator> {
  const { username, modelCount, image } = creatorSchema.parse(raw);
  return { item: { username: username ?? null, modelCount: readCount(modelCount), imageUrl: image ?? null } };
}

export function readTag(raw: Raw): Reading<Tag> {
  const { name } = raw;
  return typeof name === 'string' && name !== '' ? { item: { name } } : { reason: 'no-name' };
}

export function readEnums(raw: Raw): Reading<Enums> {
  const lists = enumsSchema.parse(raw);
  return {
    item: {
      modelTypes: readWords(lists.ModelType),
      fileTypes: readWords(lists.ModelFileType),
      baseModels: readWords(lists.BaseModel),
      activeBaseModels: readWords(lists.ActiveBaseModel),
      baseModelTypes: readWords(lists.BaseModelType),
    },
  };
}

export function readAccount(raw: Raw): Reading<Account> {
  const { id, username, tier, status, isMember } = accountSchema.parse(raw);
  if (!isCivitaiId(id)) return { reason: 'no-id' };
  return {
    item: {
      userId: id,
      username: username ?? '',
      tier: tier ?? null,
      status: status ?? null,
      isMember: isMember ?? null,
    },
  };
}

export function readHashMatch(raw: Raw): Reading<HashMatch> {
  const match = matchSchema.parse(raw);
  if (!isCivitaiId(match.modelVersionId)) return { reason: 'no-id' };
  if (!/^[0-9a-f]{64}$/i.test(match.hash ?? '')) return { reason: 'no-hash' };
  return {
    item: {
      sha256: sha256(match.hash ?? ''),
      versionId: versionId(match.modelVersionId),
      modelId: isCivitaiId(match.modelId) ? modelId(match.modelId) : null,
    },
  };
}
