import type { Generated, GeneratedAlways } from 'kysely';

import type { BatchItemStatus, BatchStatus, ScanVerdict } from '../contract/index.ts';

export interface BatchTables {
  batches: {
    position: GeneratedAlways<number>;
    id: string;
    name: string;
    status: BatchStatus;
    /** Of `options.priority`; 0 = low … 3 = urgent. */
    priority: number;
    reason_code: string | null;
    reason_params: string | null;
    origin: string;
    options: string;
    /** 1: the server runs it; 0: the command that started it does. */
    by_server: number;
    /** Fencing token: grows each time somebody begins to run it. */
    run: number;
    /** What counts against the caps since it was started or resumed last. */
    used_files: number;
    used_bytes: number;
    used_ms: number;
    waits_until: string | null;
    actor: string;
    created_at: string;
    started_at: string | null;
    updated_at: string;
    ended_at: string | null;
    /** What was decided last about files and connections; written beside the row, as it runs. */
    decisions: Generated<string | null>;
    /** Since when it waits for its turn; null while it does not. */
    waiting_since: string | null;
    /** Steps of priority that it has gained by waiting. */
    boost: number;
  };
  batch_items: {
    batch_id: string;
    number: number;
    ref: string;
    status: BatchItemStatus;
    /** Which file of the version, as the person wrote it; null = the best. */
    selector: string | null;
    /** Null until the site has been asked. */
    model_id: number | null;
    version_id: number | null;
    file_id: number | null;
    name: string | null;
    path: string | null;
    size_bytes: number | null;
    sha256: string | null;
    verdict: ScanVerdict | null;
    was_there: number;
    attempts: number;
    /** Round of retries it waits for; 0 = the first go. */
    round: number;
    reason_code: string | null;
    reason_params: string | null;
    ms: number | null;
    network_bytes: number;
    retries: number;
    /** Who sent the bytes, where it was not CivitAI. */
    mirror: Generated<string | null>;
  };
}
