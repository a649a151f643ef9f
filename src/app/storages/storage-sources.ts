/** What a repository on a server is opened with. */
import type { NetworkOptions } from '#engines/transfer';
import type { Environment } from '#platform/config';
import type { EgressPolicy } from '#platform/outbound';

export interface StorageSources {
  readonly environment: Environment;
  /** Text of `backups.credentials`. */
  readonly credentials: string | undefined;
  readonly egress: EgressPolicy;
  readonly network: NetworkOptions;
  /** Whether logins of the person at the keyboard count: AWS_ACCESS_KEY_ID and the like, an SSH agent. */
  readonly atTerminal: boolean;
}
