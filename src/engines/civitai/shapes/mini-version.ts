import { z } from 'zod';

import type { Bytes, Instant } from '#kernel/brands';

import {
  flag,
  type Lossless,
  leftOver,
  list,
  number,
  type Raw,
  type Reading,
  readInstant,
  readSize,
  readWords,
  record,
  text,
} from './lenient.ts';
import { type FileHashes, hashesAsSent, readHashes } from './model-file.ts';

/** The short answer of `/model-versions/mini`: what a downloader wants to know (civitai-api.md §2.10). */
export interface MiniVersion extends Lossless {
  readonly air: string | null;
  readonly modelName: string;
  readonly versionName: string;
  readonly baseModel: string | null;
  readonly availability: string | null;
  readonly publishedAt: Instant | null;
  readonly earlyAccessEndsAt: Instant | null;
  /** The uploader's raw name, not the download name. */
  readonly fileName: string;
  readonly fileType: string;
  readonly format: string | null;
  readonly sizeBytes: Bytes | null;
  readonly hashes: FileHashes;
  /** True = the download needs a token; false promises nothing. */
  readonly requiresToken: boolean | null;
  readonly downloadUrls: readonly string[];
}

const schema = z.object({
  air: text,
  modelName: text,
  versionName: text,
  baseModel: text,
  availability: text,
  publishedAt: text,
  earlyAccessEndsAt: text,
  fileName: text,
  fileType: text,
  format: text,
  size: number,
  hashes: record,
  requireAuth: flag,
  downloadUrls: list,
});

export function readMiniVersion(raw: Raw): Reading<MiniVersion> {
  const fields = schema.parse(raw);
  if (!fields.air && !fields.fileName && !fields.downloadUrls) return { reason: 'no-id' };
  const mini = {
    air: fields.air ?? null,
    modelName: fields.modelName ?? '',
    versionName: fields.versionName ?? '',
    baseModel: fields.baseModel ?? null,
    availability: fields.availability ?? null,
    publishedAt: readInstant(fields.publishedAt),
    earlyAccessEndsAt: readInstant(fields.earlyAccessEndsAt),
    fileName: fields.fileName ?? '',
    fileType: fields.fileType ?? '',
    format: fields.format ?? null,
    sizeBytes: readSize(fields.size),
    hashes: readHashes(fields.hashes ?? {}),
    requiresToken: fields.requireAuth ?? null,
    downloadUrls: readWords(fields.downloadUrls),
  };
  const { requiresToken: requireAuth, sizeBytes: _sizeBytes, hashes, ...same } = mini;
  return { item: { ...mini, extra: leftOver(raw, { ...same, requireAuth, hashes: hashesAsSent(hashes) }) } };
}
