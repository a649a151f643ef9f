/** What files are by their content, by their bytes: one look serves every copy. */
export interface FileFactsTables {
  file_facts: {
    /** Lower-case digits. */
    sha256: string;
    facts_version: number;
    /** JSON; null = a file that tells nothing, as a configuration. */
    facts: string | null;
    /** Of the facts, to filter by; null = unknown. */
    kind: string | null;
    base: string | null;
    read_at: string;
  };
}
