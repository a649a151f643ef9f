/** What happens in the year besides what happens every day, and when. */

export interface OddRun {
  readonly job: string;
  /** Days, both included, in whose night the run is. */
  readonly from: string;
  readonly to: string;
  /** Only of this copy; default all. */
  readonly copy?: string;
  /** `none`: it does not run; a day: it ran well, but its report comes only then. */
  readonly what: 'failed' | 'warning' | 'none' | { readonly reportedOn: string };
}

export const oddRuns: readonly OddRun[] = [
  { job: 'files', from: '2028-01-10', to: '2028-01-12', copy: 'nas', what: 'failed' },
  { job: 'files', from: '2028-03-06', to: '2028-03-08', what: 'none' },
  { job: 'files', from: '2028-04-20', to: '2028-04-20', what: { reportedOn: '2028-04-22' } },
  { job: 'tokyo', from: '2028-02-29', to: '2028-02-29', what: 'warning' },
  { job: 'erp', from: '2028-06-14', to: '2028-06-14', what: 'none' },
  { job: 'archive', from: '2028-05-31', to: '2028-05-31', what: { reportedOn: '2028-06-02' } },
  // Paused from noon of the first to noon of the fifteenth.
  { job: 'mail', from: '2028-07-02', to: '2028-07-15', what: 'none' },
];

/** The report of this day's run is handed in once more. */
export const repeatedReports = [{ job: 'files', day: '2028-02-10' }] as const;
/** And here with other contents: what was told first stays. */
export const contradictedReports = [{ job: 'files', day: '2028-02-11' }] as const;

/** Every copy that Kura cannot read is restored and the test recorded on these days, every ninety days. */
export const testDays = ['2027-11-30', '2028-02-29', '2028-05-29', '2028-08-27', '2028-11-25'] as const;
/** Nobody found the time. */
export const forgottenTests = [{ job: 'weekly', day: '2028-05-29' }] as const;
/** The disk could not be read; it was replaced, tested again, and somebody closed the ticket. */
export const failedTest = { job: 'mail', copy: 'disk', day: '2028-09-04', againOn: '2028-09-06' } as const;

/** Bytes of the vault in the cloud change, and are put back. */
export const damage = { copy: 'cloud', on: '2028-05-30', mendedOn: '2028-06-03' } as const;

/** The tape that Tuesday's backup went to is lost on its way to the safe; a new one takes its place. */
export const lostTape = { position: 'son-2', on: '2028-02-09', replacedOn: '2028-02-17', label: 'T-NEW' } as const;
/** Nobody changes tapes; the second day is a Friday, so that it stays due over the weekend. */
export const skippedSwaps = ['2028-06-20', '2028-07-14'] as const;
export const loan = {
  position: 'grandfather-12',
  from: '2028-03-01',
  dueOn: '2028-03-08',
  backOn: '2028-03-15',
} as const;

export const pause = { job: 'mail', from: '2028-07-01', until: '2028-07-15' } as const;

/** A machine says daily at noon that it lives. */
export const heartbeat = { reporter: 'host-7', silentFrom: '2028-08-10', backOn: '2028-08-17' } as const;

/** Reports of a job that nobody registered; then somebody does. It has one copy, made on Thursdays. */
export const stranger = {
  name: 'CRM nightly',
  job: 'crm',
  firstOn: '2028-06-15',
  claimedOn: '2028-06-17',
  archivedOn: '2028-09-01',
} as const;

/** Registered, and never made. */
export const neverMade = { job: 'plans', on: '2028-03-15', archivedOn: '2028-04-15' } as const;
