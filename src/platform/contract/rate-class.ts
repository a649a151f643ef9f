/** How much of what a caller may ask for within a time (P-051). Safe for browsers. */
export const rateClasses = ['api', 'login', 'password-reset', 'upload', 'reports', 'ingest', 'none'] as const;

/** `none` is for those who ask by the clock, such as probes of health; everything else is `api` unless it says more. */
export type RateClass = (typeof rateClasses)[number];
