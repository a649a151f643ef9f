/**
 * A typed, tolerant, polite client of the CivitAI REST API v1. It knows nothing of Kura and opens no socket: the
 * caller brings an `HttpTransport`. Its rules come from recorded answers of 2023 to 2026
 * and from the server's source; `civitai-api.md §…` in comments names the section of our notes on them.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type { AnswerCache, StoredAnswer } from './calls/answer-cache.ts';
export type { CacheResult, CacheUse, CallLimits } from './calls/api-caller.ts';
export type { Admission, CallGuard, CallOutcome } from './calls/call-guard.ts';
export { errorFromAnswer, siteWordsOf } from './calls/error-from-answer.ts';
export type { HostPace } from './calls/lane.ts';
export type { LiveAnswer } from './calls/live-answer.ts';
export { createPace, type Pace, type PaceSnapshot } from './calls/pace.ts';
export type { ReadOptions, SeenAnswer } from './calls/read-options.ts';
export type { RequestLogEntry } from './calls/request-log.ts';
export type { OnWait, Wait } from './calls/wait.ts';
export { chooseFile, type FileChoice, type FilePreferences } from './choose-file.ts';
export type { CivitaiClient } from './civitai-client.ts';
export { type CivitaiClientOptions, createCivitaiClient } from './create-civitai-client.ts';
export {
  type Feature,
  type FeatureLevel,
  type FeatureProbe,
  featureLevels,
  featureRisks,
  judgeProbe,
  type ProbeOutcome,
} from './features/feature.ts';
export { features, findFeature } from './features/feature-registry.ts';
export {
  decideFeature,
  type FeatureCounts,
  type FeatureDecision,
  type FeatureMode,
  type FeatureStanding,
  featureModes,
  featureStandings,
  isProbeDue,
  neverCounted,
  standingOf,
  successRatio,
} from './features/feature-standing.ts';
export { featuresOf, levelOf } from './features/used-features.ts';
export { answerTooLarge, type HttpAnswer, type HttpRequest, type HttpTransport } from './http-transport.ts';
export { type FileId, fileId, type ModelId, modelId, type VersionId, versionId } from './ids.ts';
export type { ImageQuery } from './queries/image-query.ts';
export { type ModelQuery, modelSorts, periods } from './queries/model-query.ts';
export type { SentQuery, UnsentParameter } from './queries/sent-query.ts';
export type { FilePointer, HashAlgorithm, ModelRef } from './refs/model-ref.ts';
export { parseModelRef } from './refs/parse-model-ref.ts';
export type { Account, Permissions, User } from './shapes/account.ts';
export type { Collection } from './shapes/collection.ts';
export { type Creator, type Enums, type HashMatch, type Tag } from './shapes/directory.ts';
export type { Image } from './shapes/image.ts';
export { isRaw, type Lossless, type Raw, type ReadList, readList, type SkippedItem } from './shapes/lenient.ts';
export { type Licence, permitsCommercialUse } from './shapes/licence.ts';
export type { MiniVersion } from './shapes/mini-version.ts';
export { type Model, type ModelStats, readModel } from './shapes/model.ts';
export type { FileHashes, ModelFile, ScanOutcome } from './shapes/model-file.ts';
export { isGated, type ModelVersion, readVersion } from './shapes/model-version.ts';
export type { NumberedPage, Page } from './shapes/page.ts';
export { type Answer, type AnswerEntry, readAnswer } from './shapes/read-answer.ts';
export type { Vault, VaultEntry, VaultMembership, VaultToggle } from './shapes/vault.ts';
export type { WalkStep } from './walk-pages.ts';
export { type AnswerShape, answerShapeSchema } from './watch/answer-shape.ts';
export {
  type ApiChange,
  type ChangeKind,
  changeKey,
  changeKinds,
  type Impact,
  impacts,
  isAtLeast,
  worstImpact,
} from './watch/api-change.ts';
export { compareShapes } from './watch/compare-shapes.ts';
export { endpointOf, recogniseEndpoint } from './watch/endpoint-of.ts';
export { judgeAnswer } from './watch/judge-answer.ts';
export { learnShape } from './watch/learn-shape.ts';
export { emptyShape, mergeShapes } from './watch/merge-shapes.ts';
export type { RecordedAnswer } from './watch/recorded-answer.ts';

/** Messages of the `civitai.*` codes. */
export const civitaiMessages: Catalogues = { en, ja };
