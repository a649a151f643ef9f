/** How Kura backs itself up: from the settings (`recovery.…`). */
import type { KeepPolicy } from '#engines/vault';

export interface RecoveryRules {
  /** Whether a server does it without being asked. */
  readonly automatic: boolean;
  /** Hours between two backups. */
  readonly everyHours: number;
  /** Folder of the vault that is made when there is no copy yet. */
  readonly vault: string;
  /** What is kept of them in Kura's vaults. */
  readonly keep: Required<Pick<KeepPolicy, 'hourly' | 'daily' | 'weekly' | 'monthly'>>;
}

/** The job that protects Kura. */
export const kuraJob = 'kura';

/** Minutes of work that may be lost, and until everything must be back (K-198, K-201). */
export const recoveryGoals = { rpoMinutes: 60, rtoMinutes: 240 } as const;
