export interface EngineTables {
  /** What a tool said during a run; runs of the vault have none. */
  backup_run_logs: {
    run_id: string;
    tool: string;
    version: string | null;
    log: string;
  };
  /** Jobs whose source is the output of a program. */
  backup_job_commands: {
    job_key: string;
    /** JSON array: the program, then its arguments. */
    words: string;
    /** JSON array of exit codes that mean: done, but look at it. */
    warn_exit_codes: string;
  };
}
