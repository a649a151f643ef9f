import type { Generated, GeneratedAlways } from 'kysely';
import type { DownloadMode, DownloadStatus, LayoutName, LibraryState, ScanVerdict } from '../contract/index.ts';
import type { CatalogueTables } from './catalogue-tables.ts';
import type { ConsentTables } from './consent-tables.ts';
import type { ExternalScanTables } from './external-scan-tables.ts';
import type { FileFactsTables } from './file-facts-tables.ts';
import type { LibraryMoveTables } from './library-move-tables.ts';
import type { ScanTables } from './scan-tables.ts';
import type { VirusScanTables } from './virus-scan-tables.ts';
import type { VocabularyTables } from './vocabulary-tables.ts';

/** Column `…_at`: instants; `hashes`, `tags`, …: JSON, checked by a schema when read. */
export interface ModelsTables
  extends CatalogueTables,
    ConsentTables,
    FileFactsTables,
    LibraryMoveTables,
    ScanTables,
    VirusScanTables,
    ExternalScanTables,
    VocabularyTables {
  /** One row per file that was ever asked for: where it is on its way. */
  downloads: {
    position: GeneratedAlways<number>;
    id: string;
    ref: string;
    model_id: number | null;
    version_id: number;
    file_id: number;
    model_name: string;
    name: string;
    type: string;
    status: DownloadStatus;
    /** Where the file stands, or will. */
    path: string | null;
    size_bytes: number | null;
    sha256: string | null;
    verdict: ScanVerdict | null;
    reason_code: string | null;
    reason_params: string | null;
    /** Options of the request: layout, connections, acceptRisk. */
    layout: LayoutName;
    connections: number | null;
    accept_risk: number;
    /** Given by somebody who may override the policy. */
    risk_reason: string | null;
    job_id: string | null;
    /** What the last successful run cost, and who ran it. */
    seconds: number | null;
    network_bytes: number | null;
    tool_version: string | null;
    mirror: Generated<string | null>;
    bytes_per_second: number | null;
    /** Names joined by commas; null = all. */
    parts: string | null;
    force: Generated<number>;
    /** How connections are used, if not as usual. */
    mode: Generated<DownloadMode | null>;
    /** What was decided about them last; written beside the row, as it runs. */
    decisions: Generated<string | null>;
    created_at: string;
    updated_at: string;
  };
  library_files: {
    position: GeneratedAlways<number>;
    id: string;
    path: string;
    name: string;
    model_name: string;
    type: string;
    base_model: string | null;
    model_id: number | null;
    version_id: number | null;
    file_id: number | null;
    size_bytes: number;
    sha256: string;
    hashes: string;
    trained_words: string;
    sidecars: string;
    state: LibraryState;
    verdict: ScanVerdict;
    /** Who let it in against the policy; JSON. */
    admitted: string | null;
    placed_at: string;
    verified_at: string | null;
  };
  quarantine_items: {
    id: string;
    path: string;
    original_path: string;
    reason: string;
    verdict: ScanVerdict | null;
    size_bytes: number;
    sha256: string | null;
    /** Null when it was not scanned. */
    format: string | null;
    findings: string;
    /** What a restored file is written into the library as. */
    origin: string;
    created_at: string;
    restored_at: string | null;
  };
}
