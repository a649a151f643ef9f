/** Hashes of files anywhere, as they were measured. */
export interface MeasuredHashTables {
  measured_hashes: {
    path: string;
    size_bytes: number;
    /** Nanoseconds since 1970 and number of the inode, as text: they pass 53 bits. */
    mtime_ns: string;
    inode: string;
    hashes: string;
    measured_at: string;
  };
}
