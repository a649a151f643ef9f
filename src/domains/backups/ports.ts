/** What this domain needs from outside. */
import type { VaultStorage } from '#engines/vault';
import type { AlertResponse } from '#platform/alerts';
import type { AvailabilityView } from '#platform/availability/contract';

export type RemoteStorage = VaultStorage & AsyncDisposable;

export interface StorageOpener {
  /**
   * The storage at an address (`s3:`, `sftp:`, `rclone:`); whoever opens it closes it. Connections are made when they are needed.
   * @param logins More logins than the configuration has, in the form of `backups.credentials`; they come first.
   * @throws KuraError invalid for an address that cannot be understood or has no login.
   */
  open(address: string, logins?: string): Promise<RemoteStorage>;
}

/** Puts a verified copy of one state of a SQLite database, in use or not, at `target`. */
export type SqliteCopier = (source: string, target: string) => Promise<unknown>;

/** What SQLite's own check finds wrong in a file that nobody else uses, one fault each. @throws the signal's reason */
export type SqliteChecker = (path: string, signal: AbortSignal) => Promise<readonly string[]>;

/** One look at an image that was stood up; `check` is one of `recoveryChecks`, `detail` facts without words. */
export interface RehearsedCheck {
  readonly check: string;
  readonly passed: boolean;
  readonly detail: string;
}

/** Kura as something that is protected: how an image of it is made, and tried out. */
export interface OwnImage {
  /** The data directory. */
  readonly home: string;
  /** An image of this moment in a folder, until it is disposed of. */
  stage(signal: AbortSignal): Promise<{ readonly folder: string } & AsyncDisposable>;
  /**
   * Stands up what was restored to a folder, apart from everything else, and looks whether it works.
   * @throws KuraError when it cannot be tried here.
   */
  rehearse(image: string, signal: AbortSignal): Promise<readonly RehearsedCheck[]>;
  /** Whether the recovery kit of the master key in force was printed. */
  hasRecoveryKit(): Promise<boolean>;
}

/** What is counted elsewhere in the house, for reports. */
export interface HouseFigures {
  /** How long Kura was there, day by day; both days inclusive. @throws KuraError invalid `availability.bad-period` */
  availability(from: string, to: string): Promise<AvailabilityView>;
  /** How soon alerts about backups were taken on (B-184): those that began in the time, `until` exclusive. */
  responses(since: string, until: string): Promise<readonly AlertResponse[]>;
}

export type {
  BackupEngine,
  EngineBackup,
  EngineBackupRequest,
  EngineCall,
  EngineEntry,
  EngineForgetRequest,
  EngineForgotten,
  EngineIdentity,
  EngineKeep,
  EngineName,
  EnginePlace,
  EngineProgress,
  EngineReplicaRequest,
  EngineRestoreRequest,
  EngineSnapshot,
  EngineStats,
  EngineVerifyRequest,
} from './core/engines/backup-engine.ts';
export { keepWords } from './core/engines/backup-engine.ts';
export {
  engineCannot,
  engineFailed,
  engineMissing,
  enginePassphraseWrong,
  engineRepositoryLocked,
  engineRepositoryMissing,
} from './core/engines/engine-errors.ts';
