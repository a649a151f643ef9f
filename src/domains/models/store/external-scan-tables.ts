/** What external scanners said of bytes; the last word of each. */
export interface ExternalScanTables {
  external_scans: {
    sha256: string;
    scanner: string;
    version: string;
    result: 'clean' | 'suspicious' | 'dangerous' | 'not-scanned';
    findings: string;
    reason: string | null;
    isolation: 'bubblewrap' | 'limited' | 'quickjs' | null;
    scanned_at: string;
  };
}
