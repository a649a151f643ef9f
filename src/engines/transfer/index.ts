/**
 * Transfer engine: any URL to a verified file, and the hashes of files. A download ends as `NAME.part`, complete and
 * measured; the caller looks at it and commits it. See blueprint §4.4 for the files it leaves.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { type BandwidthLimit, createBandwidthLimit, joinBandwidthLimits } from './bandwidth-limit.ts';
export {
  type BandwidthPlan,
  type BandwidthWindow,
  parseBandwidthWindows,
  parseRate,
  plannedRate,
} from './bandwidth-windows.ts';
export { checkEgress, checkedLookup } from './checked-lookup.ts';
export { clearLeftovers } from './clear-leftovers.ts';
export { collisionFreeName } from './collision-free-name.ts';
export { parseContentDisposition } from './content-disposition.ts';
export { freeBytesOf } from './disk-space.ts';
export { downloadFile } from './download-file.ts';
export type { EgressPolicy } from './egress-policy.ts';
export {
  allHashNames,
  compareHashes,
  type ExpectedHashes,
  type FileHashes,
  type HashName,
  type HashVerdict,
} from './file-hashes.ts';
export type { FilePiece, FirstLook, TakeFirstLook } from './first-look/first-look.ts';
export { type HashedFile, type HashFileOptions, hashFile } from './hash-file.ts';
export { createHashThread, type HashThread } from './hash-thread.ts';
export { createHostPauses, type HostPauses, type HostPausesOptions } from './host-pauses.ts';
export type { NetworkOptions, ProxyOptions } from './network-options.ts';
export { openEgressAgent } from './open-egress-agent.ts';
export type { TransferProgress } from './progress-meter.ts';
export type { ExplainRefusal, RefusedAnswer } from './refused-answer.ts';
export { safeFileName } from './safe-file-name.ts';
export type { CommitOptions, CommittedFile, StagedFile, StagedFileFacts } from './staged-file.ts';
export type { SteeringDecision, SteeringReason } from './steering/governor.ts';
export { type SteeringMode, steeringModes } from './steering/modes.ts';
export { createSteering, type Steering } from './steering/steering.ts';
export type {
  ExpectedContent,
  ResolveSource,
  SourceAddress,
  TransferDeps,
  TransferRequest,
} from './transfer-request.ts';
export { Wire, type WireOptions } from './wire/wire.ts';

/** What the engine's errors say to people. */
export const transferMessages: Catalogues = { en, ja };
