/** What a virus scanner said of bytes; one row for each state of its signatures, an empty version where it names none. */
export interface VirusScanTables {
  virus_scans: {
    sha256: string;
    signatures_version: string;
    signatures_date: string | null;
    result: 'clean' | 'infected' | 'not-scanned';
    signature: string | null;
    engine: string | null;
    reason: string | null;
    scanned_at: string;
  };
}
