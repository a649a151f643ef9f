import type { RulePolicy } from '#engines/rule32110';
import type { Clock, Random } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Audit } from '#platform/audit';
import type { Database } from '#platform/db';
import type { Isolation } from '#platform/isolation';
import type { Scheduler } from '#platform/schedule';
import type { Secrets } from '#platform/secrets';
import type { UnitOfWork } from '#platform/unit-of-work';

import type { HouseFigures, OwnImage, SqliteChecker, StorageOpener } from '../ports.ts';
import type { BackupEngine, EngineName } from './engines/backup-engine.ts';
import type { RecoveryRules } from './recovery/recovery-rules.ts';
import type { RecordSigner } from './signatures/detached-signature.ts';
import type { SourceDeps } from './sources/open-source.ts';

/** What the use cases of this domain work with. */
export interface BackupsContext {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: Random;
  /** The numbers of the rule and whether the original counts. */
  readonly policy: RulePolicy;
  /** Folder of locks, shared by the processes of one data directory. */
  readonly lockFolder: string;
  /** Folder for restore tests; needs room for one snapshot. Made when missing, emptied after each test. */
  readonly scratchFolder: string;
  /** Value of `KURA_VAULT_PASSPHRASE`: for encrypted copies that name no passphrase file. */
  readonly passphrase: string | undefined;
  /** For repositories on servers. */
  readonly storages: StorageOpener;
  /** When the certificate of a server ends, in milliseconds since 1970; undefined where there is none to be seen. */
  readonly certificateEnd: (address: string, signal: AbortSignal) => Promise<number | undefined>;
  /** Programs of others that make copies. */
  readonly engines: Readonly<Record<EngineName, BackupEngine>>;
  /** Whether a tool may be sent to a server. @throws KuraError refused `outbound.refused`. */
  readonly allowHost: (host: string) => Promise<void>;
  /** For sources that are databases and programs, and for what tools may know. */
  readonly sources: Pick<SourceDeps, 'environment' | 'copySqlite'>;
  /** Paths of the programs that jobs may start (`backups.programs`). */
  readonly programs: () => readonly string[];
  readonly scheduler: Pick<Scheduler, 'upsert' | 'setEnabled' | 'remove' | 'list'>;
  /** Zone in which days are counted. */
  readonly zone: () => string;
  /** Kura itself as a source. */
  readonly ownImage: OwnImage;
  /** How Kura backs itself up, read anew each time. */
  readonly recovery: () => RecoveryRules;
  /** For programs that look at restored files. */
  readonly isolation: Isolation;
  readonly checkSqlite: SqliteChecker;
  /** Vouches for the records of drills. */
  readonly signer: RecordSigner;
  /** What people did, for reports. */
  readonly audit: Pick<Audit, 'search' | 'state' | 'tally'>;
  /** What is counted elsewhere, for reports. */
  readonly house: HouseFigures;
  /** Days for which the files of reports are kept, read anew each time. */
  readonly documentDays: () => number;
  /** Where people reach Kura, as configured; codes on labels lead there. */
  readonly publicUrl: () => string | undefined;
  /** For logins of storage providers. */
  readonly secrets: Pick<Secrets, 'seal' | 'open'>;
}
