import type { MediaKind } from '../contract/index.ts';

export interface ProviderTables {
  backup_providers: {
    key: string;
    title: string;
    /** Folder, or address on a server; null for what no program can reach, as a shelf of tapes. */
    address: string | null;
    site: string;
    media: MediaKind;
    /** Sealed JSON; null when the configuration knows the login, or none is needed. */
    login: string | null;
    /** Told by people; null when it is measured or unknown. */
    capacity_bytes: number | null;
    warn_percent: number;
    active: number;
    /** Last day of the login, as people say. */
    login_ends_on: string | null;
    /** As last seen. */
    certificate_ends_at: string | null;
    /** 1: it was told that it ends soon. */
    login_ending: number;
    certificate_ending: number;
    created_at: string;
    updated_at: string;
    checked_at: string | null;
    /** 1 passed, 0 failed; null before the first check. */
    reachable: number | null;
    latency_ms: number | null;
    total_bytes: number | null;
    free_bytes: number | null;
    space_low: number;
    error_code: string | null;
    error_params: string | null;
  };
  /** What was used at the last check of each day. */
  backup_provider_days: {
    provider: string;
    day: string;
    used_bytes: number;
  };
}
