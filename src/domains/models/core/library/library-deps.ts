/** What looking after the library needs. */
import type { RepairSource } from '../../ports.ts';
import type { DownloadDeps } from '../downloads/download-deps.ts';

export interface LibraryDeps extends DownloadDeps {
  readonly repairSources: readonly RepairSource[];
}
