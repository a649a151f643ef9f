/** Sources that are no folders. */
export const sourcesEn = {
  'backups.source-words':
    '{source}: the words of a command belong to command:NAME, which needs them. No snapshot was made.',
  'backups.source-words.advice': 'Write: kura vault backup command:NAME --repo … -- PROGRAM ARGUMENT…',
  'backups.source-rules':
    '{source} is stored as a whole; options that choose files of a folder do not apply. No snapshot was made.',
  'backups.source-rules.advice': 'Leave out --exclude, --one-file-system, --read-all and the like.',
  'backups.source-address': '{source} is no address of a PostgreSQL database. No snapshot was made.',
  'backups.source-address.advice': 'Write postgres://USER@HOST:PORT/DATABASE.',
  'backups.source-password':
    'A password for {host} stands on the command line, where everybody on this machine can read it. Nothing was done with it.',
  'backups.source-password.advice':
    'Leave it out of the address; put it into ~/.pgpass or PGPASSWORD. Change it if others use this machine.',
  'backups.source-program-missing': 'The program {program} was not found. No snapshot was made.',
  'backups.source-program-missing.advice':
    'Install it, or give its whole path. Kura looks in /usr/local/bin, /usr/bin, /bin and their sbin.',
  'backups.source-program-failed':
    '{program} ended with {code}: {reason}. What it had written is worthless, so no snapshot was made.',
  'backups.source-program-failed.advice':
    'Mend what it complains about and start again. An exit code that is only a warning can be named with --warn-exit-codes.',
  'backups.source-not-sqlite': '{path} cannot be copied as a SQLite database ({reason}). No snapshot was made.',
  'backups.source-not-sqlite.advice': 'Check the path. Other files are backed up as part of a folder.',
} as const;
