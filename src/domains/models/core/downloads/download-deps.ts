/** What getting files needs. */
import type { Scanner } from '#engines/modelscan';
import type { PictureSizer } from '#engines/pictures';
import type {
  BandwidthLimit,
  EgressPolicy,
  HashThread,
  HostPauses,
  NetworkOptions,
  Steering,
  SteeringDecision,
  SteeringMode,
  Wire,
} from '#engines/transfer';
import type { Clock, Random } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { Logger } from '#platform/log';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { LayoutName } from '../../contract/index.ts';
import type { FileMirror, ModelSource, ProgressSink, VirusScanner } from '../../ports.ts';
import type { LibraryLock } from '../library/library-lock.ts';
import type { QuarantineDeps } from '../scanning/quarantine.ts';
import type { PolicyDeps } from '../scanning/rule-by-policy.ts';
import type { DownloadMeasures } from './download-metrics.ts';

export interface DownloadOptions {
  readonly layout: LayoutName;
  /** At most, for each file. */
  readonly connections: number;
  readonly mode?: SteeringMode | undefined;
  /** Files at the same time. */
  readonly parallel: number;
  /** Longest side of preview pictures; 0 or absent: as the site sends them. */
  readonly previewPixels?: number | undefined;
  readonly idleTimeoutMs: number;
  /** Longest file that is fetched; 0 = no limit. */
  readonly maxBytes?: number | undefined;
  /** Bytes per second at which jobs read the library to check it; 0 = as fast as it goes. */
  readonly verifyBytesPerSecond?: number | undefined;
  /** Space on the volume that downloads leave free. */
  readonly reserveBytes: number;
  /** Mirrors are asked before the site. */
  readonly mirrorFirst?: boolean | undefined;
  /** Models of real people are fetched without asking each time. */
  readonly allowLikeness: boolean;
}

export interface DownloadDeps extends PolicyDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly logger: Logger;
  readonly source: ModelSource;
  /** Asked in this order for what the site does not give; absent: there are none. */
  readonly mirrors?: readonly FileMirror[] | undefined;
  readonly scanner: Pick<Scanner, 'scan' | 'look'>;
  /** Absent: none is configured. */
  readonly virusScanner?: VirusScanner | undefined;
  readonly egress: EgressPolicy;
  readonly network?: NetworkOptions | undefined;
  /** Of this process: a host that asks for a pause is left alone by all downloads. */
  readonly hostPauses: HostPauses;
  /** Shared by all downloads of this process; default: as fast as it goes. */
  readonly bandwidth?: BandwidthLimit | undefined;
  /** Of Kura; kept with what it fetched. */
  readonly version?: string | undefined;
  readonly hashThread: HashThread;
  /** Makes previews smaller. */
  readonly pictures: PictureSizer;
  /** Of this process: a connection serves one file after the other. */
  readonly wire: Wire;
  /** Of this process: connections to a host are shared by all downloads. */
  readonly steering: Steering;
  readonly lock: LibraryLock;
  readonly libraryFolder: string;
  readonly quarantine: QuarantineDeps;
  /** Read for each download, so that changed settings count. */
  readonly options: () => DownloadOptions;
  readonly progress: ProgressSink;
  readonly measures: DownloadMeasures;
}

export interface RunOptions {
  readonly actor: Actor;
  readonly signal: AbortSignal;
  /** Shared by the downloads of this run, besides that of the process. */
  readonly bandwidth?: BandwidthLimit | undefined;
  /** Hears of connections that come and go. */
  readonly onDecision?: ((decision: SteeringDecision) => void) | undefined;
}
