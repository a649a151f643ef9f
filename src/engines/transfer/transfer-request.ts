/** What a caller asks of the transfer engine, and what the engine needs from its surroundings. */
import type { Dispatcher } from 'undici';
import type { Clock, Random } from '#kernel/clock';

import type { BandwidthLimit } from './bandwidth-limit.ts';
import type { BlockPool } from './blocks/block-pool.ts';
import type { EgressPolicy } from './egress-policy.ts';
import type { ExpectedHashes, HashName } from './file-hashes.ts';
import type { TakeFirstLook } from './first-look/first-look.ts';
import type { HashThread } from './hash-thread.ts';
import type { HostPauses } from './host-pauses.ts';
import type { NetworkOptions } from './network-options.ts';
import type { OpenPart } from './part-file.ts';
import type { TransferProgress } from './progress-meter.ts';
import type { ExplainRefusal } from './refused-answer.ts';
import type { RetryLimits } from './retry-policy.ts';
import type { SmallDisk } from './small/small-disk.ts';
import type { SteeringDecision } from './steering/governor.ts';
import type { SteeringMode } from './steering/modes.ts';
import type { Steering } from './steering/steering.ts';
import type { Wire } from './wire/wire.ts';

/** Where to send the first request. `headers` may carry credentials: they are sent to this origin only. */
export interface SourceAddress {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Gives the address anew, because a signed one has expired or was refused. `attempt` counts from 1. Called once for
 * all connections of a file.
 */
export type ResolveSource = (attempt: number, signal: AbortSignal) => Promise<SourceAddress>;

export interface ExpectedContent {
  /** Exact length in bytes; a source of any other length is refused before a byte is fetched. */
  readonly sizeBytes?: number | undefined;
  /** Published hashes; the strongest one decides. */
  readonly hashes?: ExpectedHashes | undefined;
}

export interface TransferRequest {
  /** An address, or how to get one. */
  readonly source: SourceAddress | ResolveSource;
  /** Final name. `target.part` and `target.part.json` stand beside it until the bytes are right and committed. */
  readonly target: string;
  readonly expected?: ExpectedContent | undefined;
  /** Parallel ranges at most. Without a mode, this many from the start. Files below 8 MiB always use one. */
  readonly connections?: number | undefined;
  /** How connections are used; default `adaptive`, or what `connections` says. */
  readonly mode?: SteeringMode | undefined;
  /** Told of every change of the number of connections, with its reason. */
  readonly onDecision?: ((decision: SteeringDecision) => void) | undefined;
  /** Hashes to measure besides SHA256 and the expected ones; default all six. */
  readonly hashes?: readonly HashName[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
  /** A connection that brings (nearly) nothing for this long is given up; default 30 s. There is no total time-out. */
  readonly idleTimeoutMs?: number | undefined;
  /** Shared by every transfer that is given the same limit. */
  readonly bandwidth?: BandwidthLimit | undefined;
  /** Refuse anything longer, announced or not. */
  readonly maxBytes?: number | undefined;
  /** Space to leave free on the target's volume, default 64 MiB. */
  readonly reserveBytes?: number | undefined;
  readonly retry?: Partial<RetryLimits> | undefined;
  /**
   * Sees head and tail of a file of 4 MiB or more before the rest is asked for, and may refuse it. Called once for each
   * version of the file that the source begins to send; not for what is continued.
   */
  readonly firstLook?: TakeFirstLook | undefined;
  /** Words for answers without the file, from whoever knows the far side; default: the engine's own. */
  readonly explainRefusal?: ExplainRefusal | undefined;
}

export interface TransferDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly egress?: EgressPolicy | undefined;
  /** Proxy, authorities, address family; default: none, the usual ones, any. */
  readonly network?: NetworkOptions | undefined;
  /** For tests; whoever gives one answers for checking addresses. Default: an agent of this transfer. */
  readonly dispatcher?: Dispatcher | undefined;
  /** What is known about hosts and the process; default: nothing, and only of this transfer. */
  readonly steering?: Steering | undefined;
  /** Shared hashing thread; default: one of this transfer's own. */
  readonly hashThread?: HashThread | undefined;
  /** Shared by all transfers that ask the same hosts for addresses; default: each waits for itself. */
  readonly hostPauses?: HostPauses | undefined;
  /** Free bytes of the volume that holds `path`; default `statfs`. */
  readonly freeBytes?: ((path: string) => Promise<number>) | undefined;
  /** Connections kept for other files of the same origins; default: this transfer's own. Not used with a `dispatcher`. */
  readonly wire?: Wire | undefined;
  /** Memory for bytes under way; default: that of the process. */
  readonly blocks?: BlockPool | undefined;
  /** Writes files of one block at most; default: the threads of the process. Not used with `openPart`. */
  readonly smallDisk?: SmallDisk | undefined;
  /** Opens the `.part` for reading and writing; default `fs.open`. */
  readonly openPart?: OpenPart | undefined;
}
