/** Texts of service levels. */
export const serviceLevelsEn = {
  'route.backups.read-service-levels': 'How many of the backups that were due came, and key figures',
  'cli.backups.service-levels': 'how many of the backups that were due came, by the jobs’ own schedules',
  'cli.backups.service-levels.days': 'of the last so many days (default 30)',
  'cli.backups.service-levels.job': 'only this job',
  'cli.backups.service-levels.head':
    'Backups that came: {backups} · 3-2-1-1-0 kept: {rule} · restores that passed: {restores}',
  'cli.backups.service-levels.never': 'no good backup in this time',
} as const;
