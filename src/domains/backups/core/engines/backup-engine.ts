/** A program of others that makes, reads and checks copies: what Kura wants of each, in one language. */

export const engineNames = ['restic', 'borg', 'rclone'] as const;
export type EngineName = (typeof engineNames)[number];

/** Where a repository lies and how it is reached. */
export interface EnginePlace {
  /** Folder, or an address as the program writes it. */
  readonly repository: string;
  /** Undefined for a repository without encryption. */
  readonly passphrase: string | undefined;
  /** Logins and the like for the program, by the names it reads. */
  readonly environment: Readonly<Record<string, string>>;
  readonly uploadKib: number | undefined;
  readonly downloadKib: number | undefined;
}

export interface EngineCall {
  readonly place: EnginePlace;
  readonly signal: AbortSignal;
  /** Hears what the program says to people: warnings, errors, reports; not progress. */
  readonly onLine: (line: string) => void;
}

export interface EngineIdentity {
  /** Stays the same as long as the repository does; another repository in its place has another. */
  readonly id: string;
  readonly encrypted: boolean;
}

export interface EngineProgress {
  readonly files: number;
  readonly bytes: number;
  readonly newBytes: number;
  readonly path: string;
}

export interface EngineBackupRequest {
  /** Absolute path of the folder. */
  readonly source: string;
  /** Patterns in the language of the program. */
  readonly exclude: readonly string[];
  /** Name of the job; snapshots carry it. */
  readonly job: string;
  readonly startedAt: Date;
  readonly onProgress: (progress: EngineProgress) => void;
}

/** A snapshot exists. `problems` counts files that are not, or not reliably, in it: then it is partial. */
export interface EngineBackup {
  readonly snapshot: string;
  readonly files: number;
  readonly bytes: number;
  readonly newBytes: number;
  readonly problems: number;
}

export interface EngineReplicaRequest {
  /** Where the snapshots are taken from. */
  readonly from: EnginePlace;
  readonly job: string;
}

export interface EngineSnapshot {
  readonly id: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** Folders or labels as the program tells them. */
  readonly paths: readonly string[];
  readonly tags: readonly string[];
}

export interface EngineEntry {
  /** Relative to the folder that was backed up. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly size: number;
  /** Null where the program keeps none. */
  readonly sha256: string | null;
}

export interface EngineVerifyRequest {
  /** `structure`: everything is in its place; `data`: stored bytes are read and proved. */
  readonly depth: 'structure' | 'data';
  /** Read only this part of so many; programs that cannot read everything. */
  readonly part: { readonly part: number; readonly of: number } | undefined;
}

export interface EngineRestoreRequest {
  readonly snapshot: string;
  /** An empty folder; the tree appears right below it. */
  readonly target: string;
  /** Paths below the source; undefined: everything. */
  readonly include: readonly string[] | undefined;
}

export interface EngineKeep {
  readonly last?: number | undefined;
  readonly daily?: number | undefined;
  readonly weekly?: number | undefined;
  readonly monthly?: number | undefined;
  readonly yearly?: number | undefined;
}

/** As arguments: restic and borg name them alike. */
export function keepWords(keep: EngineKeep): readonly string[] {
  return Object.entries(keep).flatMap(([name, number]) => (number === undefined ? [] : [`--keep-${name}=${number}`]));
}

export interface EngineForgetRequest {
  readonly job: string;
  readonly keep: EngineKeep;
  /** Say what would be forgotten, and change nothing. */
  readonly dryRun: boolean;
}

export interface EngineForgotten {
  readonly kept: readonly string[];
  readonly forgotten: readonly string[];
}

export interface EngineStats {
  readonly storedBytes: number;
  readonly snapshots: number;
}

/**
 * Each call runs the program anew, with its words as an array and its passphrase in its environment. When the signal is
 * aborted the program is asked to stop, given time to tidy up, and then ended.
 * @throws KuraError unavailable `backups.engine-missing`, not-found `backups.engine-repository-missing`, invalid
 * `backups.engine-passphrase-wrong`, conflict `backups.engine-repository-locked`, unavailable `backups.engine-failed`,
 * invalid `backups.engine-cannot`; the signal's reason.
 */
export interface BackupEngine {
  readonly name: EngineName;
  /** Older ones answer differently. */
  readonly oldestVersion: string;
  /** As the program tells it; undefined when it is not installed. */
  version(signal: AbortSignal): Promise<string | undefined>;
  /** Makes an empty repository. */
  init(call: EngineCall): Promise<EngineIdentity>;
  /** Opens the repository. */
  identify(call: EngineCall): Promise<EngineIdentity>;
  backUp(call: EngineCall, request: EngineBackupRequest): Promise<EngineBackup>;
  /** Brings the snapshots that are missing here from another repository of the same kind; tells of the newest. */
  replicate(call: EngineCall, request: EngineReplicaRequest): Promise<EngineBackup>;
  /** Newest first. */
  snapshots(call: EngineCall): Promise<readonly EngineSnapshot[]>;
  entries(call: EngineCall, snapshot: string): Promise<readonly EngineEntry[]>;
  /** What is wrong, one line each. */
  verify(call: EngineCall, request: EngineVerifyRequest): Promise<readonly string[]>;
  /** What could not be restored, one line each. */
  restore(call: EngineCall, request: EngineRestoreRequest): Promise<readonly string[]>;
  forget(call: EngineCall, request: EngineForgetRequest): Promise<EngineForgotten>;
  stats(call: EngineCall): Promise<EngineStats>;
}
