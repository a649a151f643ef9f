/**
 * A typed, tolerant, polite client of the CivitAI REST API v1. It knows nothing of Kura and opens no socket: the
 * caller brings an `HttpTransport`. Source of every rule: the API itself, as recorded; see docs of each export.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type { CallLimits } from './calls/api-caller.ts';
export { type AnswerContext, errorFromAnswer } from './calls/error-from-answer.ts';
export { createPace, type Pace, type PaceOptions } from './calls/pace.ts';
export { type RequestLogEntry, redactUrl } from './calls/request-log.ts';
export { readRetryAfter } from './calls/retry-schedule.ts';
export { type Sleep, sleep } from './calls/sleep.ts';
export { chooseFile, type FileChoice, type FilePreferences } from './choose-file.ts';
export type { CivitaiClient, DirectoryQuery } from './civitai-client.ts';
export { type CivitaiClientOptions, createCivitaiClient } from './create-civitai-client.ts';
export { buildDownloadUrl } from './download-url.ts';
export { type ApiBase, isCivitaiHost, isLoopback, readApiBase } from './hosts.ts';
export { answerTooLarge, type HttpAnswer, type HttpRequest, type HttpTransport } from './http-transport.ts';
export { type FileId, fileId, isCivitaiId, type ModelId, modelId, type VersionId, versionId } from './ids.ts';
export { type ImageQuery, imageSorts } from './queries/image-query.ts';
export { LARGEST_MODEL_PAGE, type ModelQuery, modelSorts, periods } from './queries/model-query.ts';
export type { QueryParameter, SentQuery, UnsentParameter, UnsentReason } from './queries/sent-query.ts';
export type {
  FilePointer,
  HashAlgorithm,
  HashPointer,
  ModelPointer,
  ModelRef,
  VersionPointer,
} from './refs/model-ref.ts';
export { parseModelRef, type RefOptions } from './refs/parse-model-ref.ts';
export type { Account, Creator, Enums, HashMatch, Tag } from './shapes/directory.ts';
export type { Image, ImageReactions } from './shapes/image.ts';
export { type Raw, type Reading, type ReadList, readList, type SkippedItem } from './shapes/lenient.ts';
export { type Licence, permitsCommercialUse } from './shapes/licence.ts';
export type { MiniVersion } from './shapes/mini-version.ts';
export { type Model, type ModelCreator, type ModelStats, readModel } from './shapes/model.ts';
export type { FileHashes, ModelFile, ScanOutcome } from './shapes/model-file.ts';
export {
  isGated,
  type ModelVersion,
  type PaidAccess,
  readVersion,
  type VersionParent,
  type VersionStats,
} from './shapes/model-version.ts';
export type { NumberedPage, Page } from './shapes/page.ts';
export type { WalkStep } from './walk-pages.ts';

/** Messages of the `civitai.*` codes. */
export const civitaiMessages: Catalogues = { en, ja };
