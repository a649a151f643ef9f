import type { RulePolicy } from '#engines/rule32110';
import type { Clock } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { UnitOfWork } from '#platform/unit-of-work';

/** What the use cases of this domain work with. */
export interface BackupsContext {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** The numbers of the rule and whether the original counts. */
  readonly policy: RulePolicy;
  /** Folder of locks, shared by the processes of one data directory. */
  readonly lockFolder: string;
  /** Folder for restore tests; needs room for one snapshot. Made when missing, emptied after each test. */
  readonly scratchFolder: string;
  /** Value of `KURA_VAULT_PASSPHRASE`: for encrypted copies that name no passphrase file. */
  readonly passphrase: string | undefined;
}
